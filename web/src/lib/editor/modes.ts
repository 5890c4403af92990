import type { Extension } from '@codemirror/state';

/** How to highlight a language. Several ids share a mode. */
export type Mode = 'cpp' | 'python' | 'java' | 'go' | 'javascript' | 'typescript' | 'plain';

const modes: Record<string, Mode> = {
	c: 'cpp',
	cpp: 'cpp',
	java: 'java',
	kotlin: 'java',
	python: 'python',
	pypy: 'python',
	go: 'go',
	javascript: 'javascript',
	typescript: 'typescript'
};

/** The mode of a language id: "cpp17" and "python3" are known by their names without the number. */
export function modeOf(language: string): Mode {
	return modes[language.replace(/\d+$/, '')] ?? 'plain';
}

/** Loads the grammar of a mode: each is a file of its own, fetched when it is needed. */
export async function grammar(mode: Mode): Promise<Extension> {
	switch (mode) {
		case 'cpp':
			return (await import('@codemirror/lang-cpp')).cpp();
		case 'python':
			return (await import('@codemirror/lang-python')).python();
		case 'java':
			return (await import('@codemirror/lang-java')).java();
		case 'go':
			return (await import('@codemirror/lang-go')).go();
		case 'javascript':
			return (await import('@codemirror/lang-javascript')).javascript();
		case 'typescript':
			return (await import('@codemirror/lang-javascript')).javascript({ typescript: true });
		case 'plain':
			return [];
	}
}
