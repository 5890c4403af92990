import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Plugin } from 'vite';

/**
 * KaTeX ships every font three times. Each browser that can run this app reads WOFF2, so
 * the other two stay out of the binary.
 */
function katexWoff2Only(): Plugin {
	return {
		name: 'katex-woff2-only',
		enforce: 'pre',
		transform(code, id) {
			if (!/katex(\.min)?\.css/.test(id)) return null;
			return {
				code: code.replace(/,\s*url\([^)]*\.(woff|ttf)\)\s*format\("(woff|truetype)"\)/g, ''),
				map: null
			};
		}
	};
}

const deemster = process.env.DEEMSTER_URL ?? 'http://127.0.0.1:8080';

export default defineConfig({
	plugins: [katexWoff2Only(), tailwindcss(), sveltekit()],
	// Nothing becomes a data: URI, which the content security policy refuses for fonts.
	build: { assetsInlineLimit: 0 },
	server: { proxy: { '/api': { target: deemster, ws: true } } }
});
