import { fuzzesHalf } from './half';

fuzzesHalf(1);
