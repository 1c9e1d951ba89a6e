import { keepPreviousData, QueryClient, QueryClientProvider, useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import type { ScreenRefusal } from '../text/error-facts.ts';
import { staleMethods } from './stale-methods.ts';
import type { Answer, Client, CommandMethod, InputFor, OutputFor, QueryMethod } from './client.ts';

const ClientContext = createContext<Client | undefined>(undefined);

/** A read cache over the client. The core is local, so nothing is guessed before it has answered. */
export function QueriesProvider({ client, children }: Readonly<{ client: Client; children: ReactNode }>): ReactNode {
  const [cache] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            retry: false,
            staleTime: Number.POSITIVE_INFINITY,
            networkMode: 'always',
            refetchOnWindowFocus: false,
          },
        },
      }),
  );
  useEffect(
    () =>
      client.onEvent(({ topic }) => {
        if (topic === 'sign-in') {
          // Another person, or a lock: what nobody looks at is forgotten, what stands on the screen is asked again.
          cache.removeQueries({ type: 'inactive' });
          void cache.invalidateQueries();
          return;
        }
        for (const method of staleMethods(topic)) void cache.invalidateQueries({ queryKey: [method] });
      }),
    [client, cache],
  );
  return (
    <ClientContext value={client}>
      <QueryClientProvider client={cache}>{children}</QueryClientProvider>
    </ClientContext>
  );
}

/** The door to the core; throws outside the provider, which is a bug. */
export function useClient(): Client {
  const client = useContext(ClientContext);
  if (client === undefined) throw new Error('the client is used outside QueriesProvider');
  return client;
}

/** A read as a screen sees it: nothing yet, a value, or a refusal. */
export type Reading<T> = Readonly<{
  value: T | undefined;
  refusal: ScreenRefusal | undefined;
  busy: boolean;
  /** The value belongs to the question before this one. */
  stale: boolean;
  again: () => void;
}>;

type ReadingOptions = Readonly<{ enabled?: boolean; everyMs?: number; keepPrevious?: boolean }>;

/** Reads a procedure; the answer is asked again after the events that the contract names. */
export function useProcedure<M extends QueryMethod>(
  method: M,
  input: InputFor<M>,
  { enabled = true, everyMs, keepPrevious = false }: ReadingOptions = {},
): Reading<OutputFor<M>> {
  const client = useClient();
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: [method, input],
    queryFn: async () => {
      const answer = await client.query(method, input);
      // A locked screen keeps what stood on it, unseen, until it is unlocked and everything is asked again.
      const before = cache.getQueryData<Answer<M>>([method, input]);
      return !answer.ok && answer.error.code === 'SCREEN_LOCKED' && before !== undefined ? before : answer;
    },
    enabled,
    refetchInterval: everyMs ?? false,
    // A search keeps its rows while the next ones are on their way, so that nothing jumps.
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
    throwOnError: true,
  });
  const answer = query.data;
  return {
    value: answer?.ok === true ? answer.value : undefined,
    refusal: answer?.ok === false ? answer.error : undefined,
    busy: query.isFetching,
    stale: query.isPlaceholderData,
    again: () => void query.refetch(),
  };
}

/** A command as a button needs it. */
export type Action<M extends CommandMethod> = Readonly<{
  /** Undefined when the same command is still under way: a key pressed twice does its work once. */
  run: (input: InputFor<M>) => Promise<Answer<M> | undefined>;
  busy: boolean;
}>;

/** Runs a command of the contract, one at a time. */
export function useAction<M extends CommandMethod>(method: M): Action<M> {
  const client = useClient();
  const underWay = useRef(false);
  const [busy, setBusy] = useState(false);
  const run = useCallback(
    async (input: InputFor<M>): Promise<Answer<M> | undefined> => {
      if (underWay.current) return undefined;
      underWay.current = true;
      setBusy(true);
      try {
        return await client.command(method, input);
      } finally {
        underWay.current = false;
        setBusy(false);
      }
    },
    [client, method],
  );
  return { run, busy };
}

/** Puts the answer of a command where its read would put it: it is what is on the disk. */
export function useRemember(): <M extends QueryMethod>(method: M, input: InputFor<M>, answer: Answer<M>) => void {
  const cache = useQueryClient();
  return useCallback(
    (method, input, answer) => {
      cache.setQueryData([method, input], answer);
    },
    [cache],
  );
}
