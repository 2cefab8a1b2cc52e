import { describe } from '@jest/globals';
import { itEqualsTheDefinitions } from './definitions/sampled';
import { CLIENT_SAMPLES } from './definitions/samples';

describe.each(Object.entries(CLIENT_SAMPLES))('what clients are shown by %s', (_, sample) => {
  itEqualsTheDefinitions(sample);
});
