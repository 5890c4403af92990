// The API's types, in the shape that `npm run types` generates from /openapi.json.

export interface components {
	schemas: {
		State: 'queued' | 'judging' | 'done';
		Verdict: 'AC' | 'WA' | 'TLE' | 'MLE' | 'OLE' | 'RE' | 'CE' | 'JE' | 'SK';
		User: {
			id: string;
			handle: string;
			email: string;
			role: 'user' | 'setter' | 'admin';
			plan: 'free' | 'premium';
			disabled: boolean;
			created_at: string;
		};
		Token: {
			id: string;
			name: string;
			created_at: string;
			expires_at?: string;
			last_used_at?: string;
		};
		LanguageInfo: {
			id: string;
			name: string;
			extensions: string[];
			version?: string;
			available: boolean;
			missing?: string;
			time_factor: number;
			time_extra_ms: number;
			memory_extra_bytes: number;
		};
		ProblemSummary: {
			slug: string;
			title: string;
			difficulty?: string;
			tags: string[];
		};
		Sample: { name: string; input: string; answer: string };
		Problem: {
			slug: string;
			title: string;
			version: number;
			difficulty?: string;
			tags: string[];
			author?: string;
			source?: string;
			license?: string;
			statement: { language: string; markdown: string; html: string };
			samples: components['schemas']['Sample'][];
			time_limit_ms: number;
			memory_limit_bytes: number;
			tests: number;
			updated_at: string;
		};
		File: { name: string; content: string };
		TestResult: {
			name: string;
			group?: string;
			verdict: components['schemas']['Verdict'];
			time_ms: number;
			wall_ms: number;
			memory_bytes: number;
			exit_code: number;
			signal?: string;
			feedback?: string;
		};
		Submission: {
			id: string;
			problem: string;
			problem_version: number;
			user: string;
			language: string;
			state: components['schemas']['State'];
			verdict?: components['schemas']['Verdict'];
			score?: number;
			max_score?: number;
			time_ms: number;
			memory_bytes: number;
			attempt: number;
			tests_done: number;
			tests_total: number;
			created_at: string;
			judged_at?: string;
			queue?: { lane: string; position: number; eta_ms: number };
			compile_log?: string;
			message?: string;
			tests?: components['schemas']['TestResult'][];
			files?: components['schemas']['File'][];
			provenance?: {
				executor: string;
				cpu: string;
				toolchain: string;
				problem_hash: string;
				box: string;
			};
		};
		ImportResult: { slug: string; version: number; warnings: string[] };
	};
}
