// A signed call in C# (.NET 6 and later), with its standard library.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { readEndpoint } from '../endpoint.ts';
import { jsonText } from '../json-text.ts';
import { quoteText } from '../literals.ts';

const q = (text: string) => quoteText('csharp', text);

export function writeSignedCsharp(call: SignedCall): string {
  const { host, path, url } = readEndpoint(call.endpoint);
  const language =
    call.language === undefined ? '' : `request.Headers.Add("X-TC-Language", ${q(call.language)});\n`;
  return `using System.Net.Http;
using System.Security.Cryptography;
using System.Text;

var secretId = Environment.GetEnvironmentVariable("${SECRET_ID_VARIABLE}");
var secretKey = Environment.GetEnvironmentVariable("${SECRET_KEY_VARIABLE}");
var host = ${q(host)};
var path = ${q(path)};
var service = ${q(call.product)};
var contentType = "application/json; charset=utf-8";
var payload = ${q(jsonText(call.input))};
var now = DateTimeOffset.UtcNow;
var timestamp = now.ToUnixTimeSeconds().ToString();
var date = now.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

string Hex(byte[] value) => Convert.ToHexString(value).ToLowerInvariant();
string Hash(string text) => Hex(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
byte[] Sign(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

var canonical = string.Join("\\n", "POST", path, "", "content-type:" + contentType, "host:" + host, "",
    "content-type;host", Hash(payload));
var scope = date + "/" + service + "/tc3_request";
var text = string.Join("\\n", "TC3-HMAC-SHA256", timestamp, scope, Hash(canonical));
var key = Sign(Sign(Sign(Encoding.UTF8.GetBytes("TC3" + secretKey), date), service), "tc3_request");
var signature = Hex(Sign(key, text));

using var client = new HttpClient();
using var request = new HttpRequestMessage(HttpMethod.Post, ${q(url)});
request.Content = new StringContent(payload, Encoding.UTF8, "application/json");
request.Headers.TryAddWithoutValidation("Authorization", "TC3-HMAC-SHA256 Credential=" + secretId + "/" + scope
    + ", SignedHeaders=content-type;host, Signature=" + signature);
request.Headers.Add("X-TC-Action", ${q(call.action)});
request.Headers.Add("X-TC-Version", ${q(call.version)});
request.Headers.Add("X-TC-Timestamp", timestamp);
${language}using var response = await client.SendAsync(request);
Console.WriteLine(await response.Content.ReadAsStringAsync());
`;
}
