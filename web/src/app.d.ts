declare global {
	namespace App {
		interface Error {
			message: string;
			/** What to do about it, when that can be told. */
			detail?: string;
		}
	}
}

export {};
