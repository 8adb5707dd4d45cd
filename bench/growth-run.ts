import { growth } from './growth.js';

/** Prints the growth over as many visits as the argument says. */
console.log(growth(Number(process.argv[2])));
