// One request to the exchange. Null where the call it was about is over.

export async function ask(method, path, body) {
  const json = body !== undefined && !(body instanceof Blob);
  const response = await fetch(path, {
    method, body: json ? JSON.stringify(body) : body, headers: json ? { "Content-Type": "application/json" } : {},
  });
  if (response.status === 409) return null;
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}
