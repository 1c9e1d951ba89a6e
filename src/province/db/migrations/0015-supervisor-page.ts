/** The page on a supervisor's telephone: the codes that open it once, and the pages that were opened. */
export const supervisorPage = {
  number: 15,
  name: '0015-supervisor-page',
  statements: [
    // The code itself is kept nowhere.
    `create table supervisor_page_code (
       code_hash text primary key, officer_id text not null references officer, expires_at bigint not null, used_at bigint)`,
    `create table supervisor_page (
       page_id uuid primary key, officer_id text not null references officer, signing_key text not null,
       signed_in_at bigint not null, revoked_at bigint)`,
  ],
};
