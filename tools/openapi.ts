import type { ConversionConfig } from '@valibot/to-json-schema';
import { toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import * as answers from '../firmware/interface/answers.js';
import type { Route } from '../firmware/interface/route.js';
import { routes } from '../firmware/interface/routes.js';
import { alarmSchema, policySchema, statementBody } from '../firmware/interface/schemas.js';

/** Describes the door's local interface in OpenAPI 3.1, from the schemas by which it checks and answers. */

/** Shared by several routes, or long enough to stand by themselves. */
const definitions = {
  Statement: statementBody,
  Policy: policySchema,
  Visit: answers.visitAnswer,
  OwnVisit: answers.ownVisitAnswer,
  VisitId: answers.visitIdAnswer,
  Status: answers.statusAnswer,
  Alarm: alarmSchema,
  Problem: answers.problemAnswer,
};

const config: ConversionConfig = {
  // Checks between values have no words in JSON Schema: only the lock makes them.
  ignoreActions: ['check'],
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  // The flag u of a pattern has no words either, nor needs it any: JSON Schema always reads patterns so.
  overrideAction: ({ valibotAction, jsonSchema }) => (valibotAction.type === 'regex' ? jsonSchema : undefined),
};

function schemaOf(schema: GenericSchema): object {
  const { $schema: _dialect, $defs: _definitions, ...rest } = toJsonSchema(schema, { ...config, definitions });
  return rest;
}

const audiences: Readonly<Record<Route['audience'], string>> = {
  anyone: 'For anyone who reaches the lock: what is handed in is signed.',
  keypad: 'At the door only: over the network it is refused.',
  resident: 'For those who live here.',
  owner: 'For the owner.',
};

function operation(route: Route): object {
  const { name, summary, audience, parameters, body, answer } = route;
  const isOpen = audience === 'anyone' || audience === 'keypad';
  return {
    operationId: name,
    summary,
    description: audiences[audience],
    security: isOpen ? [] : [{ accessKey: [] }],
    parameters: [
      ...Object.entries(parameters).map(([parameter, schema]) => ({
        name: parameter,
        in: 'path',
        required: true,
        schema: schemaOf(schema),
      })),
      ...(name === 'events' ? [lastEventId] : []),
    ],
    ...(body !== null && {
      requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body) } } },
    }),
    responses: { ...success(answer), default: { $ref: '#/components/responses/Problem' } },
  };
}

const lastEventId = {
  name: 'Last-Event-ID',
  in: 'header',
  required: false,
  description: 'The id of the last event that came before an interruption',
  schema: { type: 'string' },
};

function success(answer: Route['answer']): object {
  if (answer === 'nothing') return { 204: { description: 'Done, or so already' } };
  if (answer === 'events') {
    return {
      200: {
        description:
          'Events: status or visit (how things stand, first), report, alarm, notice; gap where some were missed',
        content: { 'text/event-stream': { schema: { type: 'string' } } },
      },
    };
  }
  return { 200: { description: 'The answer', content: { 'application/json': { schema: schemaOf(answer) } } } };
}

function paths(): object {
  const byPath: Record<string, Record<string, object>> = {
    '/openapi.json': {
      get: {
        operationId: 'description',
        summary: 'This description',
        description: audiences.anyone,
        security: [],
        parameters: [],
        responses: {
          200: { description: 'OpenAPI 3.1', content: { 'application/json': { schema: { type: 'object' } } } },
        },
      },
    },
  };
  for (const route of routes) {
    byPath[route.path] = { ...byPath[route.path], [route.method.toLowerCase()]: operation(route) };
  }
  return byPath;
}

/** The text of schemas/openapi.json. */
export function renderOpenApi(): string {
  const description = {
    openapi: '3.1.1',
    info: {
      title: "Latchkey: the door's local interface",
      version: '1',
      description:
        'Every request is absolute, never a toggle: asked again it does nothing else. Times are milliseconds since 1970, UTC.',
    },
    servers: [{ url: '/' }],
    paths: paths(),
    components: {
      securitySchemes: { accessKey: { type: 'http', scheme: 'bearer', description: 'An access key of this lock' } },
      responses: {
        Problem: {
          description: "What went wrong (RFC 9457); with `reason`, the lock's own word, where it refused",
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      schemas: toJsonSchemaDefs(definitions, config),
    },
  };
  return `${JSON.stringify(description, null, 2)}\n`;
}
