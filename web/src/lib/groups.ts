/** The tests of a submission by their groups. */
import type { TestResult, Verdict } from '$lib/api/types';

export interface TestGroup {
	name: string;
	tests: TestResult[];
	/** Of the first test that is not accepted. */
	verdict: Verdict;
	passed: number;
}

/** Groups in the order of their first tests. A test without one is in the group ''. */
export function groupsOf(tests: TestResult[]): TestGroup[] {
	const groups = new Map<string, TestGroup>();
	for (const test of tests) {
		const name = test.group ?? '';
		let group = groups.get(name);
		if (!group) groups.set(name, (group = { name, tests: [], verdict: 'AC', passed: 0 }));
		group.tests.push(test);
		if (test.verdict === 'AC') group.passed++;
		else if (group.verdict === 'AC' || group.verdict === 'SK') group.verdict = test.verdict;
	}
	return [...groups.values()];
}
