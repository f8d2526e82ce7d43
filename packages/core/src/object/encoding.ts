/**
 * The encodings in which each ASCII character is its own byte and no other bytes mean one, by the names that iconv has for
 * them; `-`, `_` and blanks in a name do not matter. What is not listed may show people an author or a mark that its bytes
 * do not: EBCDIC (IBM037), UTF-7, UTF-16, ISO-2022-JP.
 */
const ASCII_SUPERSET = new RegExp(
  `^(?:${[
    "utf8|utf8mac|cp65001|usascii|ascii|646|iso646us|ansix341968",
    "iso8859[0-9]{1,2}(?::[0-9]{4})?|(?:iso)?latin[0-9]{1,2}|l[0-9]{1,2}",
    "(?:windows|cp|win|ms)125[0-9]|(?:windows|cp)874|tis620",
    "(?:cp|ibm)(?:437|737|775|85[0-9]|86[0-35-9])",
    "koi8(?:r|u|ru|t)?|(?:xmac|mac)[a-z]*|armscii8|hproman8|viscii",
    "x?euc(?:jp(?:ms|win)?|jisx0213|jis2004|kr|cn|tw)|x?sjis|shiftjis|(?:windows|cp|ms)(?:31j|932|936|949|950)|ksc56011987|uhc",
    "gb2312|gbk|gb18030|big5(?:hkscs(?::[0-9]{4})?)?",
  ].join("|")})$`,
);

/** Whether the ASCII of a message with this `encoding` header can be read from its bytes. Without a header it is UTF-8. */
export function isAsciiSuperset(encoding: string | undefined): boolean {
  if (encoding === undefined) return true;
  const name = encoding.replace(/[\s_'"-]+/g, "").toLowerCase();
  return ASCII_SUPERSET.test(name);
}
