// What is said to operators, for readers who say it in another language: a code for the sentence, and what it speaks of. The
// sentence itself, in English, always stands beside it.

export const REMARK_CODES = [
  // The directory and the machine.
  ...(['directory_missing', 'directory_unusable', 'file_open', 'disk_space', 'clock'] as const),
  ...(['port_no_address', 'port_forbidden', 'port_in_use', 'port_unusable'] as const),
  ...(['tls_half', 'tls_key_other', 'tls_expires', 'tls_expired', 'tls_unusable'] as const),
  // Settings.
  ...(['setting_unknown', 'setting_misspelt', 'carrier_unused', 'time_zone_other'] as const),
  // Of settings that weaken safety: weak_ and the option.
  ...(['weak_host', 'weak_clockWindowSeconds', 'weak_smtpSecurity', 'weak_smppSecurity'] as const),
  ...([
    'weak_webhookNetworks',
    'weak_verifyCodeLength',
    'weak_verifyAttempts',
    'weak_outboxAnywhere',
  ] as const),
  ...(['weak_passwordMemoryKib', 'weak_trustedProxies', 'weak_tlsCert', 'weak_mailChannel'] as const),
  // Files of the data directory.
  ...([
    'file_damaged',
    'data_damaged',
    'usage_damaged',
    'schema_newer',
    'schema_older',
    'wal_large',
  ] as const),
  ...(['master_key_missing', 'master_key_other', 'master_key_unreadable'] as const),
  ...(['accounts_none', 'registry_empty', 'registry_demonstration'] as const),
  // The ledger.
  ...(['ledger_none', 'ledger_unreadable', 'ledger_cut', 'ledger_future', 'ledger_unsigned'] as const),
  ...(['ledger_signing_stopped', 'ledger_key_missing', 'ledger_key_other', 'ledger_key_unreadable'] as const),
  ...(['entry_inserted', 'entry_missing', 'entry_altered', 'entry_older', 'entry_not_signed_one'] as const),
  ...(['entry_not_noted_one', 'entries_missing_signed', 'entries_missing_noted'] as const),
  ...(['entry_overdrawn', 'entry_negative', 'fund_other', 'fund_missing'] as const),
  ...(['heads_missing', 'heads_unreadable', 'head_unreadable', 'head_forged', 'heads_disordered'] as const),
  // Backups and imports.
  ...(['backup_nothing', 'backup_place_taken', 'backup_no_master_key', 'backup_disk_full'] as const),
  ...(['import_at_work', 'import_no_rows', 'import_none_accepted', 'import_too_many_rows'] as const),
  ...(['import_too_many_carriers', 'import_disk_full', 'import_gzip_damaged', 'import_utf16'] as const),
  ...([
    'import_open_quote',
    'import_too_many_columns',
    'import_column_missing',
    'import_column_twice',
  ] as const),
  'defect',
] as const;
export type RemarkCode = (typeof REMARK_CODES)[number];

/** How to mend what a remark says. */
export const MEND_CODES = [
  ...(['make_directory', 'close_file', 'free_disk', 'set_clock'] as const),
  ...(['give_host', 'give_allowed_port', 'give_free_port', 'give_port'] as const),
  ...(['tls_both', 'tls_key', 'tls_renew', 'tls_files', 'rename_setting', 'compare_carriers'] as const),
  ...(['set_time_zone', 'restore', 'rebuild_usage', 'newer_program', 'end_readers', 'start_once'] as const),
  ...(['put_master_key', 'right_master_key', 'see_above', 'create_account', 'import_registry'] as const),
  ...(['verify_heads', 'verify_and_restore', 'next_start_signs', 'look_into_log'] as const),
] as const;
export type MendCode = (typeof MEND_CODES)[number];

/** Never personal data, never a secret. */
export type RemarkParameters = Readonly<Record<string, string | number>>;

export interface Remark {
  readonly code: RemarkCode;
  readonly parameters: RemarkParameters;
}

export function remark(code: RemarkCode, parameters: RemarkParameters = {}): Remark {
  return { code, parameters };
}

/** Of an error that carries one as `remark`. */
export function remarkOf(error: unknown): Remark | undefined {
  return error instanceof Error && 'remark' in error ? (error.remark as Remark | undefined) : undefined;
}
