import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Diagnostic, parseQtiItem } from './index.ts';
import { CHOICES, itemXml, MATCH_CORRECT } from './testing/qti-samples.ts';

function refusal(xml: string | Uint8Array): readonly Diagnostic[] {
  const { item, diagnostics } = parseQtiItem(xml, 'items/q1.xml');
  assert.equal(item, null, 'the item must be refused');
  for (const each of diagnostics) {
    assert.match(each.message, /^items\/q1\.xml(, line \d+)?: .*\.$/s);
    assert.ok(!/invalid|oops/i.test(each.message), each.message);
  }
  return diagnostics;
}

describe('parseQtiItem', () => {
  it('reads a single choice', () => {
    const { item, diagnostics } = parseQtiItem(itemXml(), 'items/q1.xml');
    assert.deepEqual(diagnostics, []);
    assert.deepEqual(item, {
      model: 1,
      code: 'VEH-001',
      title: 'Charging voltage',
      kind: 'choice',
      stem: [{ t: 'paragraph', content: [{ t: 'text', text: 'A voltmeter is connected across the battery.' }] }],
      prompt: [{ t: 'paragraph', content: [{ t: 'text', text: 'Which reading is healthy?' }] }],
      choices: [
        { id: 'a', content: [{ t: 'text', text: '12.4 V' }] },
        { id: 'b', content: [{ t: 'text', text: '14.2 V' }] },
        { id: 'c', content: [{ t: 'text', text: 'None of these' }], fixed: true },
      ],
      minChoices: 0,
      maxChoices: 1,
      pictures: [],
      group: 'L2-ELEC',
      topic: 'Charging',
      key: { correct: ['b'] },
    });
  });

  it('reads several right answers; 0 choices means no limit', () => {
    const { item } = parseQtiItem(
      itemXml({
        declaration:
          '<qti-response-declaration identifier="RESPONSE" cardinality="multiple" base-type="identifier"><qti-correct-response><qti-value> a </qti-value><qti-value>c</qti-value></qti-correct-response></qti-response-declaration>',
        body: CHOICES.replace('max-choices="1"', 'max-choices="0" min-choices="1"').replace(
          'shuffle="true"',
          'shuffle="false"',
        ),
      }),
    );
    assert.ok(item);
    assert.equal(item.kind, 'multiple');
    assert.deepEqual(item.key.correct, ['a', 'c']);
    assert.deepEqual([item.minChoices, item.maxChoices], [1, 3]);
    assert.ok(
      item.choices.every((choice) => choice.fixed),
      'without shuffle every option keeps its place',
    );
  });

  it('reads rich text and pictures, relative to its own folder', () => {
    const body = `<div class="x"><h2>The circuit</h2><p>  A  <b>12 V</b> lamp<br/>draws I<sub>1</sub> = 2 &lt; 3 &#176;C. </p>
      <p><img src="../img/fig%201.png" alt="One lamp" width="10"/></p><ul><li><p>one</p><p>two</p></li><li>three <code>x</code></li></ul>
      <table><caption>Readings</caption><thead><tr><th scope="col">Pin</th><th>V</th></tr></thead><tbody><tr><td>1</td><td>12</td></tr></tbody></table></div>${CHOICES}`;
    const { item, diagnostics } = parseQtiItem(itemXml({ body }), 'items/q1.xml');
    assert.deepEqual(diagnostics, []);
    const text = (words: string) => ({ t: 'text', text: words });
    assert.deepEqual(item?.stem, [
      { t: 'paragraph', content: [{ t: 'strong', content: [text('The circuit')] }] },
      {
        t: 'paragraph',
        content: [
          text('A '),
          { t: 'strong', content: [text('12 V')] },
          text(' lamp'),
          { t: 'br' },
          text('draws I'),
          { t: 'sub', content: [text('1')] },
          text(' = 2 < 3 °C.'),
        ],
      },
      { t: 'figure', name: 'img/fig 1.png', alt: 'One lamp' },
      {
        t: 'list',
        ordered: false,
        items: [
          [text('one'), { t: 'br' }, text('two')],
          [text('three '), { t: 'code', content: [text('x')] }],
        ],
      },
      {
        t: 'table',
        caption: [text('Readings')],
        rows: [
          [
            { header: true, content: [text('Pin')] },
            { header: true, content: [text('V')] },
          ],
          [
            { header: false, content: [text('1')] },
            { header: false, content: [text('12')] },
          ],
        ],
      },
    ]);
    assert.deepEqual(item?.pictures, [{ name: 'img/fig 1.png', alt: 'One lamp' }]);
  });

  it('takes the marking template by its last part', () => {
    for (const template of [
      MATCH_CORRECT,
      'http://www.imsglobal.org/question/qti_v3p0/rptemplates/match_correct',
      'match_correct.xml',
      'match_correct',
    ]) {
      assert.ok(
        parseQtiItem(itemXml({ processing: `<qti-response-processing template="${template}"/>` })).item,
        template,
      );
    }
    for (const template of ['map_response', 'match_correct.xml.evil', 'not_match_correct', '']) {
      const [first] = refusal(itemXml({ processing: `<qti-response-processing template="${template}"/>` }));
      assert.equal(first?.code, 'template');
    }
  });

  it('leaves out style sheets with a warning', () => {
    const { item, diagnostics } = parseQtiItem(itemXml({ tail: '<qti-stylesheet href="a.css" type="text/css"/>' }));
    assert.ok(item);
    assert.deepEqual(
      diagnostics.map((each) => [each.code, each.severity]),
      [['style-left-out', 'warning']],
    );
  });

  const p = (inner: string) => itemXml({ body: `<p>Text ${inner}</p>${CHOICES}` });
  const cases: [string, string, string][] = [
    [
      'unsupported-element',
      'qti-modal-feedback',
      itemXml({ tail: '<qti-modal-feedback identifier="x" outcome-identifier="FB" show-hide="show"/>' }),
    ],
    [
      'unsupported-element',
      'qti-template-declaration',
      itemXml({ tail: '<qti-template-declaration identifier="x"/>' }),
    ],
    [
      'unsupported-element',
      'qti-rubric-block',
      itemXml({
        body: `<qti-rubric-block view="scorer" use="scoring"><p>The key is b</p></qti-rubric-block>${CHOICES}`,
      }),
    ],
    [
      'unsupported-element',
      'qti-feedback-inline',
      p('<qti-feedback-inline identifier="b" outcome-identifier="FB">yes</qti-feedback-inline>'),
    ],
    [
      'unsupported-element',
      'qti-text-entry-interaction',
      p('<qti-text-entry-interaction response-identifier="RESPONSE"/>'),
    ],
    [
      'unsupported-element',
      'qti-match-interaction',
      itemXml({ body: '<qti-match-interaction response-identifier="RESPONSE"/>' }),
    ],
    ['unsupported-element', 'script', p('<script>alert(1)</script>')],
    ['unsupported-element', 'a', p('<a href="javascript:alert(1)">x</a>')],
    ['unsupported-element', 'object', p('<object data="a.svg" type="image/svg+xml"/>')],
    [
      'unsupported-element',
      'm:math',
      p('<m:math xmlns:m="http://www.w3.org/1998/Math/MathML"><m:mi>x</m:mi></m:math>'),
    ],
    ['unsupported-element', 'svg', p('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    [
      'unsupported-element',
      'xi:include',
      p('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="/etc/passwd" parse="text"/>'),
    ],
    ['unsupported-element', 'pre', itemXml({ body: `<pre>x</pre>${CHOICES}` })],
    [
      'unsupported-element',
      'qti-mapping',
      itemXml({
        declaration:
          '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>b</qti-value></qti-correct-response><qti-mapping default-value="0"/></qti-response-declaration>',
      }),
    ],
    [
      'unsupported-element',
      'qti-response-condition',
      itemXml({ processing: '<qti-response-processing><qti-response-condition/></qti-response-processing>' }),
    ],
    ['unsupported-attribute', 'onclick', p('<b onclick="alert(1)">x</b>')],
    ['unsupported-attribute', 'style', itemXml({ body: `<p style="display:none">x</p>${CHOICES}` })],
    [
      'unsupported-attribute',
      'template-identifier',
      itemXml({ body: CHOICES.replace('identifier="a"', 'identifier="a" template-identifier="T" show-hide="hide"') }),
    ],
    [
      'unsupported-attribute',
      'colspan',
      itemXml({ body: `<p>x</p><table><tr><td colspan="2">x</td></tr></table>${CHOICES}` }),
    ],
    ['unsupported-attribute', 'adaptive', itemXml({ root: 'adaptive="true" time-dependent="false"' })],
    [
      'unsupported-outcome',
      'FEEDBACK',
      itemXml({
        outcome: '<qti-outcome-declaration identifier="FEEDBACK" cardinality="single" base-type="identifier"/>',
      }),
    ],
    [
      'unsupported-outcome',
      '1 mark',
      itemXml({
        outcome:
          '<qti-outcome-declaration identifier="MAXSCORE" cardinality="single" base-type="float"><qti-default-value><qti-value>5</qti-value></qti-default-value></qti-outcome-declaration>',
      }),
    ],
    [
      'no-key',
      'no key',
      itemXml({
        declaration: '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"/>',
      }),
    ],
    [
      'no-key',
      'no key',
      itemXml({
        declaration:
          '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response/></qti-response-declaration>',
      }),
    ],
    [
      'key-unknown-choice',
      '"z"',
      itemXml({
        declaration:
          '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier"><qti-correct-response><qti-value>z</qti-value></qti-correct-response></qti-response-declaration>',
      }),
    ],
    [
      'cardinality',
      'ordered',
      itemXml({
        declaration:
          '<qti-response-declaration identifier="RESPONSE" cardinality="ordered" base-type="identifier"><qti-correct-response><qti-value>b</qti-value></qti-correct-response></qti-response-declaration>',
      }),
    ],
    [
      'base-type',
      'identifier',
      itemXml({
        declaration:
          '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="string"><qti-correct-response><qti-value>b</qti-value></qti-correct-response></qti-response-declaration>',
      }),
    ],
    [
      'response-identifier',
      'response-identifier',
      itemXml({ body: `<p>x</p>${CHOICES.replace('"RESPONSE"', '"OTHER"')}` }),
    ],
    ['item-parts', 'more than one <qti-choice-interaction>', itemXml({ body: `<p>x</p>${CHOICES}${CHOICES}` })],
    ['item-parts', 'no <qti-choice-interaction>', itemXml({ body: '<p>x</p>' })],
    ['item-parts', 'no <qti-response-processing>', itemXml({ processing: '' })],
    ['after-interaction', 'after the options', itemXml({ body: `<p>x</p>${CHOICES}<p>later</p>` })],
    ['picture-address', 'https://evil.example/a.png', p('<img src="https://evil.example/a.png" alt="x"/>')],
    ['picture-address', 'data:image', p('<img src="data:image/png;base64,AAAA" alt="x"/>')],
    ['picture-address', '../../../etc/passwd', p('<img src="../../../etc/passwd" alt="x"/>')],
    ['picture-address', '%2e%2e/%2e%2e/x', p('<img src="%2e%2e/%2e%2e/x" alt="x"/>')],
    ['no-description', 'img/a.png', p('<img src="../img/a.png"/>')],
    ['same-choice-twice', 'say the same', itemXml({ body: CHOICES.replace('12.4 V', '14.2 V') })],
    ['qti-version', 'QTI 2', '<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="x"/>'],
    ['not-an-item', 'html', '<html/>'],
    ['not-an-item', 'qti-assessment-item', '<qti-assessment-item identifier="x"/>'],
    ['stray-text', 'qti-choice-interaction', itemXml({ body: CHOICES.replace('<qti-prompt>', 'stray <qti-prompt>') })],
    ['number', 'max-choices', itemXml({ body: CHOICES.replace('max-choices="1"', 'max-choices="-1"') })],
  ];
  for (const [code, named, xml] of cases) {
    it(`refuses ${code}, naming ${named}`, () => {
      const found = refusal(xml);
      const hit = found.find((each) => each.code === code);
      assert.ok(hit, JSON.stringify(found));
      assert.ok(hit.message.includes(named), hit.message);
    });
  }

  it('names the line', () => {
    const [first] = refusal(itemXml({ body: `\n\n<p>x</p>\n<video src="a"/>${CHOICES}` }));
    assert.equal(first?.line, 8);
    assert.match(first?.message ?? '', /line 8: the element <video>/);
  });

  it('never throws and never lets a half item through, whatever is cut or changed', () => {
    const whole = itemXml();
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(40), fc.string({ maxLength: 12 }), (at, cut, put) => {
        const { item, diagnostics } = parseQtiItem(whole.slice(0, at) + put + whole.slice(at + cut), 'items/q1.xml');
        if (item === null) assert.ok(diagnostics.some((each) => each.severity === 'error'));
        else
          assert.ok(item.key.correct.length === 1 && item.choices.some((choice) => choice.id === item.key.correct[0]));
      }),
      { numRuns: 3_000 },
    );
  });

  it('never throws on bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        assert.equal(parseQtiItem(bytes).item, null);
      }),
      { numRuns: 1_000 },
    );
  });
});
