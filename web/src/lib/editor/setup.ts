/** The CodeMirror of this app. Import it lazily: it is the largest part of the pages. */
import { indentWithTab } from '@codemirror/commands';
import { HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { basicSetup } from 'codemirror';
import { grammar, type Mode } from './modes';

const look = EditorView.theme({
	'&': { color: 'var(--ink)', backgroundColor: 'var(--surface)', fontSize: '0.875rem', height: '100%' },
	// The frame around the editor shows the focus: gutters would cover an outline here.
	'&.cm-focused': { outline: 'none' },
	'.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.6' },
	'.cm-content': { caretColor: 'var(--accent)', padding: '0.75rem 0' },
	'.cm-cursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
	'.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--quiet)', border: 'none' },
	'.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent) 6%, transparent)' },
	'.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--ink)' },
	'&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
		backgroundColor: 'color-mix(in srgb, var(--accent) 25%, transparent)'
	},
	'.cm-placeholder': { color: 'var(--quiet)' },
	'.cm-panels, .cm-tooltip': {
		backgroundColor: 'var(--surface)',
		color: 'var(--ink)',
		borderColor: 'var(--line)'
	},
	'.cm-tooltip-autocomplete ul li[aria-selected]': {
		backgroundColor: 'var(--accent)',
		color: 'var(--on-accent)'
	},
	'.cm-matchingBracket, &.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--accent-soft)' }
});

const colours = HighlightStyle.define([
	{ tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--code-keyword)' },
	{ tag: [tags.string, tags.character, tags.regexp, tags.special(tags.string)], color: 'var(--code-string)' },
	{ tag: [tags.number, tags.bool, tags.null, tags.atom], color: 'var(--code-number)' },
	{ tag: [tags.comment, tags.meta], color: 'var(--code-comment)' },
	{ tag: [tags.function(tags.variableName), tags.definition(tags.function(tags.variableName))], color: 'var(--code-name)' },
	{ tag: [tags.typeName, tags.className, tags.namespace, tags.standard(tags.name)], color: 'var(--code-type)' },
	{ tag: tags.processingInstruction, color: 'var(--code-keyword)' }
]);

export interface EditorOptions {
	parent: HTMLElement;
	text: string;
	/** What a screen reader calls the editor. */
	label: string;
	/** The id of the element that tells how to leave it. */
	describedBy?: string;
	readOnly?: boolean;
	hint?: string;
	change?(text: string): void;
	submit?(): void;
	run?(): void;
}

/** An editor in the page. */
export class Editor {
	readonly #view: EditorView;
	readonly #language = new Compartment();
	#mode: Mode = 'plain';

	constructor(options: EditorOptions) {
		this.#view = new EditorView({
			parent: options.parent,
			state: EditorState.create({ doc: options.text, extensions: this.#extensions(options) })
		});
	}

	get text(): string {
		return this.#view.state.doc.toString();
	}

	/** Replaces the whole text; Ctrl+Z brings the old one back. */
	replace(text: string): void {
		if (text === this.text) return;
		this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
	}

	async setMode(mode: Mode): Promise<void> {
		this.#mode = mode;
		const extension = await grammar(mode);
		if (mode === this.#mode) this.#view.dispatch({ effects: this.#language.reconfigure(extension) });
	}

	focus(): void {
		this.#view.focus();
	}

	destroy(): void {
		this.#view.destroy();
	}

	#extensions(options: EditorOptions): Extension[] {
		const submit = () => (options.submit?.(), true);
		const run = () => (options.run?.(), true);
		const attributes: Record<string, string> = { 'aria-label': options.label };
		if (options.describedBy) attributes['aria-describedby'] = options.describedBy;
		const shared = [
			basicSetup,
			look,
			syntaxHighlighting(colours),
			indentUnit.of('    '),
			this.#language.of([])
		];
		if (options.readOnly) {
			return [
				...shared,
				EditorState.readOnly.of(true),
				EditorView.editable.of(false),
				EditorView.contentAttributes.of({ ...attributes, tabindex: '0' })
			];
		}
		return [
			Prec.highest(
				keymap.of([
					{ key: 'Mod-Enter', run: submit },
					{ key: 'Ctrl-Enter', run: submit },
					{ key: 'Alt-Enter', run }
				])
			),
			...shared,
			keymap.of([indentWithTab]),
			placeholder(options.hint ?? ''),
			EditorView.contentAttributes.of({ ...attributes, tabindex: '0' }),
			EditorView.updateListener.of((update) => {
				if (update.docChanged) options.change?.(update.state.doc.toString());
			})
		];
	}
}
