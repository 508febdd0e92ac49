// The mobile number ranges of mainland China and who holds them, as allocated by the Ministry of Industry and
// Information Technology: what a new registry starts with. The operator edits its own copy.

/** Holders of ranges: the four carriers, and 'virtual' for resellers whose numbers run on one of their networks. */
export type RangeHolder = 'mobile' | 'telecom' | 'unicom' | 'broadnet' | 'virtual';

const HELD: Readonly<Record<RangeHolder, string>> = {
  mobile:
    '1340 1341 1342 1343 1344 1345 1346 1347 1348 135 136 137 138 139 1440 147 148 150 151 152 157 158 159 172 178 ' +
    '182 183 184 187 188 195 197 198',
  unicom: '130 131 132 140 145 146 155 156 166 175 176 185 186 196',
  telecom: '133 1349 1410 149 153 173 1740 177 180 181 189 190 191 193 199',
  broadnet: '192',
  virtual: '162 165 167 170 171',
};

export interface MainlandRange {
  /** Leading digits of the national number, e.g. '138' or '1349'. */
  readonly digits: string;
  readonly holder: RangeHolder;
}

export const MAINLAND_RANGES: readonly MainlandRange[] = Object.entries(HELD).flatMap(([holder, list]) =>
  list.split(' ').map((digits) => ({ digits, holder: holder as RangeHolder })),
);

/** Networks behind the resellers' ranges; the serving carrier of their numbers. */
export const NETWORK_OF_VIRTUAL: Readonly<Record<string, Exclude<RangeHolder, 'virtual'>>> = {
  162: 'telecom',
  165: 'mobile',
  167: 'unicom',
  1700: 'telecom',
  1701: 'telecom',
  1702: 'telecom',
  1703: 'mobile',
  1704: 'unicom',
  1705: 'mobile',
  1706: 'mobile',
  1707: 'unicom',
  1708: 'unicom',
  1709: 'unicom',
  171: 'unicom',
};
