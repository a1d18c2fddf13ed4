/** Where the build puts the API reference, below the assets: named by its version, so that browsers may keep it. */
declare const SCALAR_FOLDER: string;
