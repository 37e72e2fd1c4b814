/** The places of the public site: in the header, and on phones in the footer. */
export const PUBLIC_LINKS = [
  { href: '/find-a-qualification', label: 'Qualifications' },
  { href: '/candidates', label: 'Candidates' },
  { href: '/become-a-centre', label: 'Become a centre' },
  { href: '/verify', label: 'Check a certificate' },
] as const;
