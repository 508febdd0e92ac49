// Line status -> StatusCode of MobileStatus, for those that are a charged answer; an unknown one is answered as an absent
// line is.

export const LINE_STATUS_CODES: Readonly<Record<string, number>> = {
  normal: 0,
  suspended: 1,
  cancelled: 2,
  vacant: 4,
  not_in_network: 4,
  unusable: 5,
};
