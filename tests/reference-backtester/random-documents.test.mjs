import assert from 'node:assert/strict';
import test from 'node:test';
import { AVOIDABLE, CONSTRUCTS, randomDocuments } from './random-documents.mjs';

test('a seed always makes the same documents, and 500 hold every construct', () => {
  const { documents, counts } = randomDocuments(7, 500);
  assert.deepEqual(randomDocuments(7, 500).documents, documents);
  assert.notDeepEqual(randomDocuments(8, 500).documents, documents);
  assert.deepEqual([...counts].filter(([, times]) => times === 0), []);
  assert.equal(counts.size, CONSTRUCTS.length);
});

test('what is left out never comes up, everything else does', () => {
  const { documents, counts } = randomDocuments(7, 500, '1h', AVOIDABLE);
  assert.deepEqual([...counts].filter(([, times]) => times === 0), []);
  const texts = documents.flatMap(({ define, enter, exit = '' }) => [enter, exit, ...Object.values(define)]);
  for (const left of [/[=!]=/, /\n/, /\bon\([^)]*\bon\(/, /\)\[back\]/, /length/]) assert.ok(!texts.some((text) => left.test(text.replaceAll('<=', '').replaceAll('>=', ''))), String(left));
});
