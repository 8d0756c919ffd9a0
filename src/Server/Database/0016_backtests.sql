-- room: Backtests
-- What users had the lab do: backtests, sweeps and downloads of candles. A row is the queue's entry, the run's state and, at the end, its summary.
CREATE TABLE lab_jobs (
    id           uuid             PRIMARY KEY,
    user_id      uuid             NOT NULL REFERENCES users (id),
    kind         text             NOT NULL CHECK (kind IN ('backtest', 'sweep', 'download')),
    status       text             NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'canceled')),
    -- Everything the run needs, the strategy's document included: later changes of the strategy change no run.
    request      text             NOT NULL,
    progress     double precision NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
    -- How often it was taken up; a job that takes the server down with it is not taken up for ever.
    attempts     int              NOT NULL DEFAULT 0,
    -- Who works on it, and until when that holds without a sign of life.
    worker       uuid,
    lease_until  timestamptz,
    error_code   text,
    error_detail text,
    summary      text,
    created_at   timestamptz      NOT NULL,
    started_at   timestamptz,
    ended_at     timestamptz,
    CHECK ((status = 'running') = (worker IS NOT NULL)),
    CHECK ((status = 'running') = (lease_until IS NOT NULL)),
    CHECK ((status IN ('done', 'failed', 'canceled')) = (ended_at IS NOT NULL)),
    CHECK ((status = 'failed') = (error_code IS NOT NULL))
);

CREATE INDEX lab_jobs_queued ON lab_jobs (kind, created_at, id) WHERE status = 'queued';
CREATE INDEX lab_jobs_running ON lab_jobs (lease_until) WHERE status = 'running';
CREATE INDEX lab_jobs_of_user ON lab_jobs (user_id, kind, id DESC);

-- Whose turn it is: the user who was served longest ago comes first.
CREATE SEQUENCE lab_turn;
CREATE TABLE lab_turns (
    user_id uuid   NOT NULL REFERENCES users (id),
    lane    text   NOT NULL CHECK (lane IN ('runs', 'downloads')),
    served  bigint NOT NULL,
    PRIMARY KEY (user_id, lane)
);

-- A finished backtest, as the writer of reports gave it; compressed (Brotli).
CREATE TABLE lab_reports (
    job_id     uuid        PRIMARY KEY REFERENCES lab_jobs (id) ON DELETE CASCADE,
    report     bytea       NOT NULL,
    equity     bytea       NOT NULL,
    created_at timestamptz NOT NULL
);

-- A sweep's combinations, some at a time: what is here need not be counted again after a kill.
CREATE TABLE lab_chunks (
    job_id     uuid        NOT NULL REFERENCES lab_jobs (id) ON DELETE CASCADE,
    chunk      int         NOT NULL CHECK (chunk >= 0),
    rows       bytea       NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (job_id, chunk)
);

GRANT SELECT, INSERT, DELETE ON lab_jobs TO lastro_server;
GRANT UPDATE (status, progress, attempts, worker, lease_until, error_code, error_detail, summary, started_at, ended_at) ON lab_jobs TO lastro_server;
GRANT USAGE ON SEQUENCE lab_turn TO lastro_server;
GRANT SELECT, INSERT, UPDATE ON lab_turns TO lastro_server;
GRANT SELECT, INSERT ON lab_reports TO lastro_server;
GRANT SELECT, INSERT ON lab_chunks TO lastro_server;
