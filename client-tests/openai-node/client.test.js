// OpenAI's own client, unchanged, against mock engines: one that generates, at MOCK_ENGINE_URL, and one that embeds, at MOCK_EMBEDDER_URL; and
// against a control plane over one of each, at CONTROL_PLANE_URL.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';

function clientFor(variable) {
  const url = process.env[variable];
  if (!url) {
    throw new Error(`set ${variable} to the address of a mock engine, for example http://127.0.0.1:8000`);
  }
  return new OpenAI({ baseURL: `${url}/v1`, apiKey: 'not-needed', maxRetries: 0, timeout: 30_000 });
}

const client = clientFor('MOCK_ENGINE_URL');
const embedder = clientFor('MOCK_EMBEDDER_URL');
const gateway = clientFor('CONTROL_PLANE_URL');
const model = (await client.models.list()).data[0].id;
const messages = [{ role: 'user', content: 'Name the letters.' }];

test('lists its model', async () => {
  const ids = [];
  for await (const each of client.models.list()) {
    ids.push(each.id);
  }
  assert.deepEqual(ids, [model]);
});

test('answers a chat', async () => {
  const answer = await client.chat.completions.create({ model, messages, max_completion_tokens: 3 });
  assert.equal(answer.object, 'chat.completion');
  assert.equal(answer.choices[0].message.role, 'assistant');
  assert.equal(answer.choices[0].message.content, ' the and for');
  assert.equal(answer.choices[0].finish_reason, 'length');
  assert.equal(answer.usage.completion_tokens, 3);
  assert.equal(answer.usage.total_tokens, answer.usage.prompt_tokens + 3);
  assert.equal(typeof answer.usage.prompt_tokens_details.cached_tokens, 'number');
});

test('streams a chat', async () => {
  const stream = await client.chat.completions.create({
    model,
    messages,
    max_tokens: 4,
    stream: true,
    stream_options: { include_usage: true },
  });
  const pieces = [];
  let reason;
  let usage;
  for await (const chunk of stream) {
    const choice = chunk.choices[0];
    if (choice?.delta.content) {
      pieces.push(choice.delta.content);
    }
    reason ??= choice?.finish_reason;
    usage = chunk.usage ?? usage;
  }
  assert.deepEqual(pieces, [' the', ' and', ' for', ' are']);
  assert.equal(reason, 'length');
  assert.equal(usage.completion_tokens, 4);
});

test('the streaming helper sees the final message', async () => {
  const message = await client.chat.completions.stream({ model, messages, max_tokens: 2 }).finalMessage();
  assert.equal(message.content, ' the and');
});

test('completes several prompts', async () => {
  const answer = await client.completions.create({ model, prompt: ['one', 'two'], max_tokens: 2, n: 2 });
  assert.equal(answer.object, 'text_completion');
  assert.deepEqual(
    answer.choices.map((choice) => choice.index),
    [0, 1, 2, 3],
  );
  assert.equal(answer.choices[3].text, ' the and');
  assert.equal(answer.usage.completion_tokens, 8);
});

test('streams a completion', async () => {
  const stream = await client.completions.create({ model, prompt: [1, 2, 3], max_tokens: 3, stream: true });
  let text = '';
  for await (const chunk of stream) {
    text += chunk.choices[0].text;
  }
  assert.equal(text, ' the and for');
});

test('embeds, in base 64 as the client asks by itself, and in numbers', async () => {
  const model = (await embedder.models.list()).data[0].id;
  const input = ['one', 'two'];
  const packed = await embedder.embeddings.create({ model, input });
  const plain = await embedder.embeddings.create({ model, input, encoding_format: 'float' });
  assert.equal(packed.data.length, 2);
  for (const i of [0, 1]) {
    const vector = packed.data[i].embedding;
    assert.equal(vector.length, plain.data[i].embedding.length);
    vector.forEach((value, at) => assert.ok(Math.abs(value - plain.data[i].embedding[at]) < 1e-6));
    assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-4);
  }
  assert.equal((await embedder.embeddings.create({ model, input: 'one', dimensions: 8 })).data[0].embedding.length, 8);
});

test('tells an unknown model', async () => {
  await assert.rejects(
    client.chat.completions.create({ model: 'nobody', messages }),
    (error) => error instanceof OpenAI.NotFoundError && error.code === 'model_not_found' && error.param === 'model',
  );
});

test('tells that the context is too small', async () => {
  await assert.rejects(
    client.chat.completions.create({ model, messages, max_tokens: 50_000_000 }),
    (error) =>
      error instanceof OpenAI.BadRequestError &&
      error.type === 'BadRequestError' &&
      /maximum context length/.test(error.message),
  );
});

test('gives the status that a header asks for', async () => {
  await assert.rejects(
    client.chat.completions.create({ model, messages }, { headers: { 'X-Return-Error': '429' } }),
    (error) => error instanceof OpenAI.RateLimitError,
  );
});

test('completes through the control plane', async () => {
  const whole = await gateway.completions.create({ model: 'm', prompt: 'one', max_tokens: 2 });
  assert.equal(whole.object, 'text_completion');
  assert.equal(whole.choices[0].text, ' the and');
  const stream = await gateway.completions.create({ model: 'm', prompt: [1, 2, 3], max_tokens: 3, stream: true });
  let text = '';
  for await (const chunk of stream) {
    text += chunk.choices[0].text;
  }
  assert.equal(text, ' the and for');
});

test('embeds through the control plane, as the mock engine does', async () => {
  const ids = (await gateway.models.list()).data.map((each) => each.id);
  assert.deepEqual(ids, ['bge-m3', 'm']);
  const input = ['one', 'two'];
  const { data, response } = await gateway.embeddings.create({ model: 'bge-m3', input, dimensions: 384 }).withResponse();
  assert.equal(response.headers.get('x-policy'), 'hybrid');
  const direct = await embedder.embeddings.create({ model: 'default', input, dimensions: 384 });
  assert.deepEqual(
    data.data.map((each) => each.embedding),
    direct.data.map((each) => each.embedding),
  );
  assert.equal((await gateway.embeddings.create({ model: 'bge-m3', input })).data[1].embedding.length, 1024);
});

test('the control plane tells a wrong type of request', async () => {
  await assert.rejects(
    gateway.embeddings.create({ model: 'bge-m3', input: 'x' }, { headers: { 'X-Request-Type': 'llm_chat' } }),
    (error) => error instanceof OpenAI.BadRequestError && error.param === 'X-Request-Type',
  );
});
