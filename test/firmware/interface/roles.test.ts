import { expect } from 'chai';
import type { Route } from '../../../firmware/interface/route.js';
import { routes } from '../../../firmware/interface/routes.js';
import { CHARLIE } from '../credentials/plain-door.js';
import { examples } from './questions.js';
import { type Caller, StagedDoor } from './staged-door.js';

/** Those that make something by chance, or go on answering: asked by the roles below, answered in tests of their own. */
const special = ['setCode', 'setAccessKey', 'events'];

const forResidents = routes.filter(({ audience }) => audience === 'resident' || audience === 'owner');

/** What the lock would be asked if the route were asked by somebody who may. */
function question({ name, method }: Route) {
  const { path, body } = examples[name] ?? {
    path: { setCode: '/codes', setAccessKey: '/access-keys' }[name] ?? `/${name}`,
  };
  return { method, path, body };
}

async function stage(): Promise<StagedDoor> {
  const staged = new StagedDoor();
  await staged.announceWalk();
  return staged;
}

async function reasonOf(response: Response): Promise<unknown> {
  expect(response.headers.get('content-type')).to.equal('application/problem+json');
  return ((await response.json()) as { reason?: unknown }).reason;
}

describe('who may ask what', () => {
  it('is tried on every route', () => {
    const tried = new Set([...Object.keys(examples), ...special]);
    expect(forResidents.map(({ name }) => name).filter((name) => !tried.has(name))).to.deep.equal([]);
  });

  for (const route of forResidents) {
    const { name, audience } = route;
    describe(`${route.method} ${route.path}`, () => {
      for (const by of ['nobody', 'stranger'] as const satisfies readonly Caller[]) {
        it(`is not for ${by}, and nothing is asked of the lock`, async () => {
          const staged = await stage();
          const response = await staged.ask({ ...question(route), by });
          expect(response.status).to.equal(401);
          expect(response.headers.get('www-authenticate')).to.equal('Bearer');
          expect(staged.lock.requests).to.deep.equal([]);
          expect(staged.lock.refusals).to.deep.equal(
            by === 'stranger' ? [`${name}: unknownPerson, by "" for null`] : [],
          );
        });
      }

      if (audience === 'owner') {
        it('is not for the household, whose attempt is recorded', async () => {
          const staged = await stage();
          const response = await staged.ask({ ...question(route), by: 'household' });
          expect(response.status).to.equal(403);
          expect(await reasonOf(response)).to.equal('notAllowed');
          expect(staged.lock.requests).to.deep.equal([]);
          expect(staged.lock.refusals).to.deep.equal([`${name}: notAllowed, by "charlie" for null`]);
        });
      }

      const example = examples[name];
      if (example === undefined) return;
      for (const by of audience === 'owner' ? (['owner'] as const) : (['owner', 'household'] as const)) {
        it(`is for the ${by}`, async () => {
          const staged = await stage();
          const response = await staged.ask({ ...question(route), by });
          expect(response.status, await response.clone().text()).to.equal(example.status);
          const { request } = example;
          const asked = by === 'owner' || request === null ? request : { ...request, personId: CHARLIE.id };
          expect(staged.lock.requests).to.deep.equal(asked === null ? [] : [asked]);
          expect(staged.lock.refusals).to.deep.equal([]);
          expect(staged.faults).to.deep.equal([]);
        });
      }

      if (example.request !== null) {
        it('tells what the lock refuses, in its own word', async () => {
          const staged = await stage();
          staged.lock.answer = 'storeFailed';
          const response = await staged.ask({ ...question(route), by: 'owner' });
          expect(response.status).to.equal(503);
          expect(await reasonOf(response)).to.equal('storeFailed');
        });
      }
    });
  }
});
