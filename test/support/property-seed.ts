import fc from 'fast-check';

/** The random cases are the same on every machine and in every run; CROSSDOCK_PROPERTY_SEED chooses others. */
fc.configureGlobal({ seed: Number(process.env.CROSSDOCK_PROPERTY_SEED ?? 1) });
