/** Unsent programs, kept in this browser for each problem and language. */
import { keep, recall } from './storage';

const name = (problem: string, language: string) => `draft.${problem}.${language}`;

export const draft = (problem: string, language: string) => recall(name(problem, language)) ?? '';

export const keepDraft = (problem: string, language: string, source: string) =>
	keep(name(problem, language), source);

/** The language used last, anywhere. */
export const lastLanguage = () => recall('language') ?? '';

export const keepLanguage = (language: string) => keep('language', language);

/** The input that a program for a problem was run on last. */
export const lastInput = (problem: string) => recall(`input.${problem}`) ?? '';

export const keepInput = (problem: string, input: string) => keep(`input.${problem}`, input);
