// Vectors made by the official encryption tool for Node (crypto-node) under throw-away keys that exist only here.

/** PKCS#8, DER in Base64. */
export const RSA_PRIVATE_KEY =
  'MIICdwIBADANBgkqhkiG9w0BAQEFAASCAmEwggJdAgEAAoGBANuUdB4avdXGO2f3VRr4eELAoahvVdjNsTyeIdqnzLZUr4r0kynN' +
  'xrKQbpXQCUdUeD3rjODFg48bjFyDnwHUiseuMmr9oyz9M9gh5r8Mp44WbTQ6iLalBYy6dJDudmOc1kRPT06IP4jKAtMkKiDYVKt/' +
  'TKH68W6/h7LlWMt9Zp0JAgMBAAECgYEAnwG3vH0c7wsnxbfDd05qt9wKtJA7GE6LhBv25AITKg3VOMi3MNSEiJYynmYR8gdnM1+5' +
  'mqMtC5qlX/EoWgjxnSPrd81x/nMLPNAznvhyI+qV7UpGAjB+LRBIXRBnWEbxq4t4pwvPVfmrBL9+cdPL7sP4C6puUNyk0FztDSpV' +
  'xAkCQQD4+I4tYqn/U7lu5e2vZzqVv15DrixxfR/gF+2tMMQryIqqcg9D3IdlGqT7G95aq2tr0U8JRDyyp64hu2YKoA+bAkEA4cd5' +
  'RiOOUyY8LSisynqMuIrsx+Up/KOdVX5zzZW2frvTvvioa4Z6qYFts6jlD69BptkcO6oBhLymBWJ1Uk7aKwJAbl/SuDAraTQ22wE4' +
  'FDDReh2yrpKCxXVRMkmpZsRd04M+Zj3WoqEbrSjYxzIdq1ifcNcEEPmdZx6LRg0MOd2nzQJALz3+2Tc9Y5afhs95AFEOOtsO2nDQ' +
  'DUXq+OWhs4W9Dt2cW9xJ2V3lMqybWLlhXJvOP+wz5SQYdz7F+mB0rglDywJBAN6hX2FbHmzBkK9Ey6lmAU7/DDNgoQxfvOAOXVEm' +
  'nw1AhJrzg2/auzNP9otIwoNEpUgbUFM2awdhKd4Tlp3t4oE=';

/** PKCS#1, DER in Base64. */
export const RSA_PUBLIC_KEY =
  'MIGJAoGBANuUdB4avdXGO2f3VRr4eELAoahvVdjNsTyeIdqnzLZUr4r0kynNxrKQbpXQCUdUeD3rjODFg48bjFyDnwHUiseuMmr9' +
  'oyz9M9gh5r8Mp44WbTQ6iLalBYy6dJDudmOc1kRPT06IP4jKAtMkKiDYVKt/TKH68W6/h7LlWMt9Zp0JAgMBAAE=';

export const SM2_PRIVATE_HEX = 'fdd369cb7c7cf649d5edc6dd5a1c3f1b27c40bf2c719f0cd62b6037109958d8b';

/** SPKI, DER in Base64. */
export const SM2_PUBLIC_KEY =
  'MFkwEwYHKoZIzj0CAQYIKoEcz1UBgi0DQgAEQyzUoTGD7/wxOdJHa0uhWEkEzw9ake4ooT2lL8NbCUbEW84fjj7Cs+BUnGlNqUmD' +
  '9YriLTDgd534wa0jB20X9Q==';

export interface EncryptionVector {
  readonly fields: Readonly<Record<string, string>>;
  readonly list: readonly string[];
  readonly blob: string;
  readonly iv: string | null;
  readonly algorithm: string;
  readonly tags: readonly string[];
}

export interface EncryptionVectors {
  /** IdCard 340103202308176095, Name 张三, Phone 13800000000 */
  readonly three: EncryptionVector;
  /** Mobile 13800138000 */
  readonly one: EncryptionVector;
  /** Nothing encrypted. */
  readonly none: EncryptionVector;
}

/** The data key of `three`, in hex. */
export const AES_DATA_KEY = '65315c3c2e8bcc81b4bdd820c55ee9c30fc63b01bd6d553713493e90680f5579';
export const SM4_DATA_KEY = '0f88d92e0b4618abc9f1448c0cb04ded';

export const AES_CBC_VECTORS: EncryptionVectors = {
  three: {
    fields: {
      IdCard: 'TAA4/DJ/8yUw5kpyJK6lppkZFFagzyEBkBWGGXubXo8=',
      Name: 'gH1HebayeZlFR+4lwz8fVw==',
      Phone: '2jIn5R3PUkZyrbRR/BEEmQ==',
    },
    list: ['IdCard', 'Name', 'Phone'],
    blob: 'bF6vRlOM0hmOJ3DMSCP/RHlrCksvmafZWOq4DdoemarsXiNUKRUSWYvBrq6Eai9F7uAbvC0w5RWbfTtLKdlB4k14tS0siSGXK4A+AUJ54yRdHdUsR9YCqRp/fM4pWT0SNPxHm+2G7Mb/JPPIRYVrekmaFZELXH2Xx+4hYgd2RUI=',
    iv: 'TTaOhaVz6NKW41e/BSTLYg==',
    algorithm: 'AES-256-CBC',
    tags: [],
  },
  one: {
    fields: {
      Mobile: 'QKJ6LGYwrfsWuHMyVJyj0w==',
    },
    list: ['Mobile'],
    blob: 'Q3c0kdYmXuoB6T6ATJVuuVxKF68x5FmY4bouasa0DlscgDERPyaN2eUuwz/GL8n25R5YOtvpWJyBVk1T3QMk1pkWUz69uLi8FMu2fL48rDPE6M5c2AWLUxl/fuDOa5dvc1RBAXDEiVk0pwdlgO/RZXADl+smC3pbpOz1lcJSpLk=',
    iv: '+P5UYT1D8scFedr4BrZHBw==',
    algorithm: 'AES-256-CBC',
    tags: [],
  },
  none: {
    fields: {
      Mobile: '13800138000',
    },
    list: [],
    blob: 'avTVQie9lijrL71fjcapsR26hq8nisltMTd2EzrIhOioA2yxayK5LD68JDKsVjiGYvxUKlers/U1+giuLSOT/FP4qJuwmcGE1QWGssg6ypjLb0zKGXrZPvAHFPkymAzBKqrKEYVwvYq0RQbqlmLlW21MC1zpgoT98ezgOeYMbqA=',
    iv: null,
    algorithm: 'AES-256-CBC',
    tags: [],
  },
};

export const SM4_GCM_VECTORS: EncryptionVectors = {
  three: {
    fields: {
      IdCard: 'uCR+wGMymRCH14PPbu7caxZU',
      Name: 'bqzuFeuI',
      Phone: 'uiN2wWMxmxCF1IM=',
    },
    list: ['IdCard', 'Name', 'Phone'],
    blob: 'BBMHKn2Wqm5v4L0/bzVh02cKW8s6QAbpnYooMDkklTzYGdyBSSIoa/a/NdnXm4uMA8fmQRa94SnVXij4Ofm43vIHhIqqAJRhjhLHbVigHyjm292PdFp5Z+mOQnmpDG/97bM3S/xfxDCuOcQnratebv0=',
    iv: '6op1KgN/tJ+KcMEo',
    algorithm: 'SM4-GCM',
    tags: ['WOhztSBwE3UZLdqf2/8pEA==', 'lf/654VsvD35Ph0cc3txvg==', 'OhX+M0kkpvAa/NcyYEMhPg=='],
  },
  one: {
    fields: {
      Mobile: '2ulSRdDGnClTwO8=',
    },
    list: ['Mobile'],
    blob: 'BLox1ki4fNb/WLgdspINy9uIoY8QN5ylpBUK+xcz2a+1tBcAiyDMRSw9PvKfjOZcRgFfErLBC+B44ggk5I2KXN90XmwTPv40u9HGDSR710uEqQDuW4M+kEi4ESsXdhz/dwLIZfqB7FTEVXiyjPhVAAA=',
    iv: 'mjnYd48WtfGXMlB4',
    algorithm: 'SM4-GCM',
    tags: ['DYAjh39sonSZ8lmOH9+LUg=='],
  },
  none: {
    fields: {
      Mobile: '13800138000',
    },
    list: [],
    blob: 'BMh3arfj+3BB8iuUcYXvn3tr/HdFFaXxf3ibVQhBkzEL2V/YvcVqTNRA5WNoUlC1JsdAqfkbsFuXs5PGfREksGsB7ExFEwlzZQlupEvSigfgxMm4EqEv4ew/P4Lu5GegUPQ5RLR/gL+LD0OzVsfMwhM=',
    iv: null,
    algorithm: 'SM4-GCM',
    tags: [],
  },
};
