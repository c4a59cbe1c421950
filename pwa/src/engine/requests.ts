/** IndexedDB's requests and transactions as promises. A failed request fails its transaction, which says so by `ended`. */

/** What a request answers. */
export function answer<T>(request: IDBRequest<T>): Promise<T> {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}

/** Resolves when the transaction is on disk; rejects when nothing of it is. */
export function ended(tx: IDBTransaction): Promise<void> {
	return new Promise((resolve, reject) => {
		tx.oncomplete = () => resolve();
		tx.onabort = () => reject(tx.error ?? new DOMException("The transaction was aborted", "AbortError"));
	});
}
