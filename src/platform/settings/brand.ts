/**
 * The names the product shows. Everything that says who we are reads it from here, so that another awarding body
 * changes one file.
 */
export interface Brand {
  /** Name of the online service, in the page header and in titles. */
  readonly name: string;
  /** Full legal name of the awarding body, on certificates and in e-mail. */
  readonly awardingBody: string;
  /** Short name of the awarding body, used in headings such as "IMI Systems Access". */
  readonly shortName: string;
  /** What the service is and is not, in the footer of public pages. */
  readonly statement: string;
  readonly supportPhone: string;
  readonly supportEmail: string;
}

export const brand: Brand = {
  name: 'IMI Connect',
  awardingBody: 'Institute of the Motor Industry',
  shortName: 'IMI',
  statement:
    'IMI Connect is the online service of an independent awarding organisation. It is not a government service.',
  supportPhone: '0113 496 0199',
  supportEmail: 'support@imi-connect.example',
};
