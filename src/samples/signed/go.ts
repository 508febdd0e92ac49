// A signed call in Go, with its standard library.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { readEndpoint } from '../endpoint.ts';
import { jsonText } from '../json-text.ts';
import { quoteForGo, quoteText } from '../literals.ts';

const q = (text: string) => quoteText('go', text);

export function writeSignedGo(call: SignedCall): string {
  const { host, path, url } = readEndpoint(call.endpoint);
  const language =
    call.language === undefined ? '' : `\trequest.Header.Set("X-TC-Language", ${q(call.language)})\n`;
  return `package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func sign(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

func main() {
	secretID, secretKey := os.Getenv("${SECRET_ID_VARIABLE}"), os.Getenv("${SECRET_KEY_VARIABLE}")
	host := ${q(host)}
	path := ${q(path)}
	service := ${q(call.product)}
	contentType := "application/json; charset=utf-8"
	payload := ${quoteForGo(jsonText(call.input))}
	now := time.Now().UTC()
	timestamp := fmt.Sprint(now.Unix())
	date := now.Format("2006-01-02")

	canonical := strings.Join([]string{
		"POST", path, "", "content-type:" + contentType, "host:" + host, "", "content-type;host", hash(payload),
	}, "\\n")
	scope := date + "/" + service + "/tc3_request"
	text := strings.Join([]string{"TC3-HMAC-SHA256", timestamp, scope, hash(canonical)}, "\\n")
	key := sign(sign(sign([]byte("TC3"+secretKey), date), service), "tc3_request")
	signature := hex.EncodeToString(sign(key, text))

	request, err := http.NewRequest("POST", ${q(url)}, strings.NewReader(payload))
	if err != nil {
		panic(err)
	}
	request.Header.Set("Authorization", "TC3-HMAC-SHA256 Credential="+secretID+"/"+scope+
		", SignedHeaders=content-type;host, Signature="+signature)
	request.Header.Set("Content-Type", contentType)
	request.Header.Set("X-TC-Action", ${q(call.action)})
	request.Header.Set("X-TC-Version", ${q(call.version)})
	request.Header.Set("X-TC-Timestamp", timestamp)
${language}	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(body))
}
`;
}
