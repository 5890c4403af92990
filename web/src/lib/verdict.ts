import type { Verdict } from '$lib/api/types';
import type { IconName } from '$lib/components/icons';

interface VerdictLook {
	name: string;
	/** One sign for a small cell. With the shape it says what the colour says. */
	sign: string;
	icon: IconName;
	/** Tailwind classes of text and ground. */
	tone: string;
	meaning: string;
}

/** Every verdict, in the order people read them. */
export const verdicts: Record<Verdict, VerdictLook> = {
	AC: {
		name: 'Accepted',
		sign: '✓',
		icon: 'check',
		tone: 'text-good bg-good-soft',
		meaning: 'Every test passed.'
	},
	WA: {
		name: 'Wrong answer',
		sign: '✗',
		icon: 'cross',
		tone: 'text-bad bg-bad-soft',
		meaning: 'The program ran, and its output differs from the answer.'
	},
	TLE: {
		name: 'Time limit exceeded',
		sign: 'T',
		icon: 'clock',
		tone: 'text-limit bg-limit-soft',
		meaning: 'The program took longer than the time limit.'
	},
	MLE: {
		name: 'Memory limit exceeded',
		sign: 'M',
		icon: 'memory',
		tone: 'text-limit bg-limit-soft',
		meaning: 'The program needed more memory than the limit.'
	},
	OLE: {
		name: 'Output limit exceeded',
		sign: 'O',
		icon: 'lines',
		tone: 'text-limit bg-limit-soft',
		meaning: 'The program printed more than the output limit.'
	},
	RE: {
		name: 'Run-time error',
		sign: '!',
		icon: 'bolt',
		tone: 'text-crash bg-crash-soft',
		meaning: 'The program crashed or ended with an exit status other than 0.'
	},
	CE: {
		name: 'Compile error',
		sign: 'C',
		icon: 'braces',
		tone: 'text-build bg-build-soft',
		meaning: 'The program did not compile. The log below says why.'
	},
	JE: {
		name: 'Judge error',
		sign: '?',
		icon: 'warning',
		tone: 'text-none bg-none-soft',
		meaning: 'The judge failed, not your program. An operator can see why.'
	},
	SK: {
		name: 'Skipped',
		sign: '–',
		icon: 'minus',
		tone: 'text-none bg-none-soft',
		meaning: 'Not run, because an earlier test had decided.'
	}
};

export type FinalVerdict = Exclude<Verdict, 'SK'>;

/** The verdicts a submission can end with. */
export const finalVerdicts = (Object.keys(verdicts) as Verdict[]).filter(
	(verdict): verdict is FinalVerdict => verdict !== 'SK'
);
