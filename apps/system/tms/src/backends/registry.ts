import type { TmsBackend } from '../tms.port';
import { shipengine } from './shipengine/adapter';

/** Every product that can be connected: one line each. */
export const tmsBackends: readonly TmsBackend[] = [shipengine];
