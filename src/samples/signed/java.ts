// A signed call in Java 11 and later, with its standard library.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { readEndpoint } from '../endpoint.ts';
import { jsonText } from '../json-text.ts';
import { quoteText } from '../literals.ts';

const q = (text: string) => quoteText('java', text);

export function writeSignedJava(call: SignedCall): string {
  const { host, path, url } = readEndpoint(call.endpoint);
  const language =
    call.language === undefined ? '' : `            .header("X-TC-Language", ${q(call.language)})\n`;
  return `import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Sample {
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String hex(byte[] value) {
        return String.format("%064x", new BigInteger(1, value));
    }

    static String sha256(String text) throws Exception {
        return hex(MessageDigest.getInstance("SHA-256").digest(bytes(text)));
    }

    static byte[] sign(byte[] key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(bytes(text));
    }

    public static void main(String[] arguments) throws Exception {
        String secretId = System.getenv("${SECRET_ID_VARIABLE}");
        String secretKey = System.getenv("${SECRET_KEY_VARIABLE}");
        String host = ${q(host)};
        String path = ${q(path)};
        String service = ${q(call.product)};
        String contentType = "application/json; charset=utf-8";
        String payload = ${q(jsonText(call.input))};
        Instant now = Instant.now();
        String timestamp = Long.toString(now.getEpochSecond());
        String date = now.toString().substring(0, 10);

        String canonical = String.join("\\n", "POST", path, "", "content-type:" + contentType,
            "host:" + host, "", "content-type;host", sha256(payload));
        String scope = date + "/" + service + "/tc3_request";
        String text = String.join("\\n", "TC3-HMAC-SHA256", timestamp, scope, sha256(canonical));
        byte[] key = sign(sign(sign(bytes("TC3" + secretKey), date), service), "tc3_request");
        String signature = hex(sign(key, text));

        HttpRequest request = HttpRequest.newBuilder(URI.create(${q(url)}))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Authorization", "TC3-HMAC-SHA256 Credential=" + secretId + "/" + scope
                + ", SignedHeaders=content-type;host, Signature=" + signature)
            .header("Content-Type", contentType)
            .header("X-TC-Action", ${q(call.action)})
            .header("X-TC-Version", ${q(call.version)})
            .header("X-TC-Timestamp", timestamp)
${language}            .POST(HttpRequest.BodyPublishers.ofString(payload))
            .build();
        HttpResponse<String> response =
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.body());
    }
}
`;
}
