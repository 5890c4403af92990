/** Where two texts differ, for the eye alone: the checker's word is what counts. */

const words = (line: string | undefined) => line?.trim().split(/\s+/).join(' ') ?? '';

const linesOf = (text: string) => text.replace(/\s+$/, '').split('\n');

/** The lines of each text, counted from 0, that are not as in the other. White space is not looked at. */
export function differingLines(printed: string, expected: string): { printed: Set<number>; expected: Set<number> } {
	const [left, right] = [linesOf(printed), linesOf(expected)];
	const marks = { printed: new Set<number>(), expected: new Set<number>() };
	for (let i = 0; i < Math.max(left.length, right.length); i++) {
		if (words(left[i]) === words(right[i])) continue;
		if (i < left.length) marks.printed.add(i);
		if (i < right.length) marks.expected.add(i);
	}
	return marks;
}
