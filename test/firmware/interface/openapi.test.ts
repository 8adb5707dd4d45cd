import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { routes } from '../../../firmware/interface/routes.js';

const file = join(import.meta.dirname, '../../../../schemas/openapi.json');

interface Operation {
  readonly operationId: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly security: readonly unknown[];
  readonly requestBody?: unknown;
}

const description = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly openapi: string;
  readonly info: Readonly<Record<string, unknown>>;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

const operations = Object.entries(description.paths).flatMap(([path, byMethod]) =>
  Object.entries(byMethod).map(([method, operation]) => ({ path, method, operation })),
);

/** Everything in the document, by its JSON pointer. */
function* everything(value: unknown, pointer = '#'): Generator<readonly [pointer: string, value: unknown]> {
  yield [pointer, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    yield* everything(child, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}

const known = new Map(everything(description));

describe('the description of the interface', () => {
  it('is of OpenAPI 3.1, with what that asks for', () => {
    expect(description.openapi).to.match(/^3\.1\./);
    expect(description.info).to.include.keys('title', 'version');
  });

  it('has every route, and no other', () => {
    const described = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    const served = routes.map(({ method, path }) => `${method} ${path}`);
    expect(described.toSorted()).to.deep.equal([...served, 'GET /openapi.json'].toSorted());
  });

  it('asks for an access key exactly where the interface does', () => {
    for (const { audience, method, path } of routes) {
      const isOpen = audience === 'anyone' || audience === 'keypad';
      const { security } = description.paths[path]?.[method.toLowerCase()] ?? {};
      expect(security, path).to.deep.equal(isOpen ? [] : [{ accessKey: [] }]);
    }
  });

  it('names each operation once', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).to.equal(names.length);
  });

  it('has a parameter for every brace in a path, and a body only where one may be', () => {
    for (const { path, method, operation } of operations) {
      const inPath = operation.parameters.filter((parameter) => parameter.in === 'path');
      const braces = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
      expect(
        inPath.map(({ name }) => name),
        path,
      ).to.deep.equal(braces);
      expect(inPath.every(({ required }) => required)).to.equal(true);
      if (method === 'get' || method === 'delete') expect(operation).to.not.have.property('requestBody');
    }
  });

  it('describes every response', () => {
    for (const { path, operation } of operations) {
      const statuses = Object.entries(operation.responses);
      expect(statuses, path).to.not.be.empty;
      for (const [status, response] of statuses) {
        expect(status).to.match(/^(?:[1-5]\d\d|default)$/);
        expect(Object.keys(response as object).some((key) => key === 'description' || key === '$ref')).to.equal(true);
      }
    }
  });

  it('has everything that it refers to, patterns that compile, and no leftovers of another dialect', () => {
    for (const [pointer, value] of known) {
      if (pointer.endsWith('/$ref')) expect(known.has(String(value)), String(value)).to.equal(true);
      if (pointer.endsWith('/pattern') && typeof value === 'string')
        expect(() => new RegExp(value, 'u')).to.not.throw();
      expect(pointer).to.not.match(/\/(?:nullable|\$defs|definitions)$/);
    }
  });
});
