import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		// A single page app: the gateway answers every unknown path with index.html.
		// What is compressed here, the gateway need not compress.
		adapter: adapter({ fallback: 'index.html', strict: false, precompress: true }),
		// The policy goes into a <meta> of index.html with the hash of SvelteKit's one
		// inline script. The gateway sends the same policy as a header.
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:'],
				// 'self' includes the WebSocket of the same origin.
				'connect-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self']
			}
		}
	}
};
