import { describe } from '@jest/globals';
import { itEqualsTheDefinitions } from './definitions/sampled';
import { NODE_SAMPLES } from './definitions/samples';

describe.each(Object.entries(NODE_SAMPLES))('what is shown by %s', (_, sample) => {
  itEqualsTheDefinitions(sample);
});
