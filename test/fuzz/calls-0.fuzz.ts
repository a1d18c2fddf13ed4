import { fuzzesHalf } from './half';

fuzzesHalf(0);
