"""The operational database: keys, audit, jobs, idempotency records, saved lists."""
