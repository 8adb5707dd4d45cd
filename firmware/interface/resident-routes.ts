import { statusAnswer } from './answers.js';
import { answer, asked } from './replies.js';
import { residentRoute, type Route } from './route.js';
import { alarmSchema, modeBody, petsBody } from './schemas.js';
import { statusFor } from './views.js';

/** For those who live here, about the door itself. When the household may unlock or set a mode, the lock judges. */
export const residentRoutes: readonly Route[] = [
  residentRoute({
    method: 'GET',
    path: '/status',
    name: 'status',
    summary: 'How the lock stands',
    audience: 'resident',
    parameters: {},
    body: null,
    answer: statusAnswer,
    handle: ({ visitor }, door) => answer(statusFor(visitor.resident, door)),
  }),
  residentRoute({
    method: 'GET',
    path: '/events',
    name: 'events',
    summary: 'What happens from now on, or since the event of the header Last-Event-ID',
    audience: 'resident',
    parameters: {},
    body: null,
    answer: 'events',
    handle: ({ visitor, lastEventId }) => ({ kind: 'events', following: { of: 'resident', visitor, lastEventId } }),
  }),
  residentRoute({
    method: 'POST',
    path: '/lock',
    name: 'lock',
    summary: 'Lock the door',
    audience: 'resident',
    parameters: {},
    body: null,
    answer: 'nothing',
    handle: ({ visitor }, { desk }) => asked(desk.ask({ kind: 'lock', personId: visitor.resident.id })),
  }),
  residentRoute({
    method: 'POST',
    path: '/unlock',
    name: 'unlock',
    summary: 'Unlock the door',
    audience: 'resident',
    parameters: {},
    body: null,
    answer: 'nothing',
    handle: ({ visitor }, { desk }) => asked(desk.ask({ kind: 'unlock', personId: visitor.resident.id, by: 'app' })),
  }),
  residentRoute({
    method: 'POST',
    path: '/answer',
    name: 'answer',
    summary: 'Say that somebody inside comes to the door',
    audience: 'resident',
    parameters: {},
    body: null,
    answer: 'nothing',
    handle: ({ visitor }, { desk }) => asked(desk.ask({ kind: 'answer', personId: visitor.resident.id })),
  }),
  residentRoute({
    method: 'PUT',
    path: '/mode',
    name: 'setMode',
    summary: 'Set the mode',
    audience: 'resident',
    parameters: {},
    body: modeBody,
    answer: 'nothing',
    handle: ({ visitor, body }, { desk }) =>
      asked(desk.ask({ kind: 'setMode', personId: visitor.resident.id, mode: body.mode })),
  }),
  residentRoute({
    method: 'PUT',
    path: '/pets',
    name: 'setPetLoose',
    summary: 'Say whether a pet is loose at home',
    audience: 'owner',
    parameters: {},
    body: petsBody,
    answer: 'nothing',
    handle: ({ visitor, body }, { desk }) =>
      asked(desk.ask({ kind: 'setPetLoose', personId: visitor.resident.id, loose: body.loose })),
  }),
  residentRoute({
    method: 'DELETE',
    path: '/alarms/{alarm}',
    name: 'clearAlarm',
    summary: 'Clear an alarm',
    audience: 'owner',
    parameters: { alarm: alarmSchema },
    body: null,
    answer: 'nothing',
    handle: ({ visitor, parameters }, { desk }) =>
      asked(desk.ask({ kind: 'clearAlarm', personId: visitor.resident.id, alarm: parameters.alarm })),
  }),
];
