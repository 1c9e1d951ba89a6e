/** Cost of a PIN check at the counter (OWASP's least for argon2id): below a second on an old computer. */
export const PIN_COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
