import type { HandleClientError } from '@sveltejs/kit';

/** A page that does not exist is no error of ours: only what is gets into the console. */
export const handleError: HandleClientError = ({ error, status, message }) => {
	if (status === 404) return { message };
	console.error(error);
	return { message: 'Something went wrong in this page', detail: 'Reload it and try again.' };
};
