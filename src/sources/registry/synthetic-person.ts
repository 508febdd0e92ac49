// Invented persons: common Chinese names, and ID card numbers with real region codes and valid check characters.

import { idCardCheckCharacter } from '../../domain/id-card.ts';
import type { SmallPrng } from './small-prng.ts';

/** Frequent ones first; the first half is drawn three times as often. */
const SURNAMES = [
  ...'王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆汪范',
  ...[
    '廖',
    '石',
    '金',
    '韦',
    '贾',
    '夏',
    '付',
    '方',
    '邹',
    '熊',
    '白',
    '孟',
    '秦',
    '邱',
    '侯',
    '江',
    '尹',
    '薛',
  ],
  ...['欧阳', '司马', '上官', '诸葛', '夏侯', '东方'],
];
const GIVEN = [
  ...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文玉兰红梅志海燕鹏辉飞鑫波斌宇浩凯健俊帆雪丹琳晨晓冬春',
  ...'梓涵子轩浩然一诺欣怡雨桐思远嘉宁博文佳慧婷颖倩瑶璐莹立新永福德胜利民庆安康成林生荣光东升',
];
const REGIONS = [
  ...[
    '110101',
    '110105',
    '110108',
    '120101',
    '130102',
    '130203',
    '140105',
    '150102',
    '210102',
    '210202',
    '220102',
  ],
  ...[
    '230102',
    '310101',
    '310104',
    '310115',
    '320102',
    '320505',
    '330102',
    '330203',
    '340103',
    '350102',
    '350203',
  ],
  ...[
    '360102',
    '370102',
    '370202',
    '410102',
    '410105',
    '420102',
    '420106',
    '430102',
    '430104',
    '440103',
    '440106',
  ],
  ...[
    '440304',
    '440305',
    '450102',
    '460105',
    '500103',
    '500105',
    '510104',
    '510107',
    '520102',
    '530102',
    '540102',
  ],
  ...['610102', '610113', '620102', '630102', '640104', '650102'],
];
const BIRTH_YEAR_FIRST = 1946;
/** Nobody younger is registered as the holder of a line. */
const HOLDER_MIN_AGE = 16;

export function inventName(prng: SmallPrng): string {
  const reach = prng.below(4) === 0 ? SURNAMES.length : SURNAMES.length >> 1;
  const surname = SURNAMES[prng.below(reach)] ?? '';
  const first = GIVEN[prng.below(GIVEN.length)] ?? '';
  return prng.below(5) === 0 ? surname + first : surname + first + (GIVEN[prng.below(GIVEN.length)] ?? '');
}

/** Of somebody who was old enough for a line in that year, whatever the day. */
export function inventIdCard(prng: SmallPrng, activationYear: number): string {
  const region = REGIONS[prng.below(REGIONS.length)] ?? '';
  const year = BIRTH_YEAR_FIRST + prng.below(activationYear - HOLDER_MIN_AGE - BIRTH_YEAR_FIRST);
  const month = twoDigits(1 + prng.below(12));
  const day = twoDigits(1 + prng.below(28));
  const digits = `${region}${year}${month}${day}${String(1000 + prng.below(999)).slice(1)}`;
  return digits + idCardCheckCharacter(digits);
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
