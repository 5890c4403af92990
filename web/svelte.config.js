import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
	kit: {
		// A single page app: the gateway answers every unknown path with index.html.
		adapter: adapter({ fallback: 'index.html', strict: false }),
		// The policy goes into a <meta> of index.html with the hash of SvelteKit's one
		// inline script. The gateway sends the same policy as a header.
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:'],
				'connect-src': ['self', 'ws:', 'wss:'],
				'object-src': ['none'],
				'base-uri': ['self'],
				'form-action': ['self']
			}
		}
	}
};
