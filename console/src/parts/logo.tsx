// The mark and the name.

export function Logo() {
  return (
    <span style={{ display: 'inline-flex', alignItems: 'center', gap: 10, fontSize: 17, fontWeight: 650 }}>
      <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" fill="#0b5fd0" />
        <g fill="none" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" strokeLinejoin="round">
          <path d="M9 7v14.5a2.5 2.5 0 0 0 2.5 2.5H17" />
          <path d="m16.5 14.5 3.2 3.2 6-7" />
        </g>
      </svg>
      Lineproof
    </span>
  );
}
