// A call with a bearer token in each language, without any dependency.

import type { BearerCall } from '../call.ts';
import { jsonText } from '../json-text.ts';
import { quoteForGo, quoteForShell, quoteText, writeValue } from '../literals.ts';
import { readRequest } from './request.ts';

export function writeBearerCurl(call: BearerCall): string {
  const { method, url, variable, more } = readRequest(call);
  const body =
    call.body === undefined
      ? ''
      : ` \\\n  -H 'Content-Type: application/json' \\\n  --data-raw ${quoteForShell(jsonText(call.body))}`;
  const others = more.map(([name, value]) => ` \\\n  -H ${quoteForShell(`${name}: ${value}`)}`).join('');
  return `curl -sS -X ${method} ${quoteForShell(url)} \\
  -H "Authorization: Bearer $${variable}"${others}${body}
`;
}

export function writeBearerNode(call: BearerCall): string {
  const { method, url, variable, more } = readRequest(call);
  const type = call.body === undefined ? '' : '\n    "Content-Type": "application/json",';
  const body =
    call.body === undefined ? '' : `\n  body: JSON.stringify(${writeValue('javascript', call.body, 2)}),`;
  const others = more
    .map(([name, value]) => `\n    ${quoteText('javascript', name)}: ${quoteText('javascript', value)},`)
    .join('');
  return `const response = await fetch(${quoteText('javascript', url)}, {
  method: "${method}",
  headers: {
    Authorization: \`Bearer \${process.env.${variable}}\`,${type}${others}
  },${body}
});
console.log(response.status, await response.text());
`;
}

export function writeBearerPython(call: BearerCall): string {
  const { method, url, variable, more } = readRequest(call);
  const type = call.body === undefined ? '' : '\n        "Content-Type": "application/json",';
  const data =
    call.body === undefined ? '' : `\n    data=json.dumps(${writeValue('python', call.body, 4)}).encode(),`;
  const others = more
    .map(([name, value]) => `\n        ${quoteText('python', name)}: ${quoteText('python', value)},`)
    .join('');
  return `${call.body === undefined ? '' : 'import json\n'}import os
import urllib.error
import urllib.request

request = urllib.request.Request(
    ${quoteText('python', url)},
    method="${method}",${data}
    headers={
        "Authorization": "Bearer " + os.environ["${variable}"],${type}${others}
    },
)
try:
    response = urllib.request.urlopen(request)
except urllib.error.HTTPError as error:
    response = error
print(response.status, response.read().decode())
`;
}

export function writeBearerGo(call: BearerCall): string {
  const { method, url, variable, more } = readRequest(call);
  const body = call.body === undefined ? 'nil' : `strings.NewReader(${quoteForGo(jsonText(call.body))})`;
  const type = call.body === undefined ? '' : '\trequest.Header.Set("Content-Type", "application/json")\n';
  const others = more
    .map(([name, value]) => `\trequest.Header.Set(${quoteText('go', name)}, ${quoteText('go', value)})\n`)
    .join('');
  const strings = call.body === undefined ? '' : '\t"strings"\n';
  return `package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
${strings})

func main() {
	request, err := http.NewRequest("${method}", ${quoteText('go', url)}, ${body})
	if err != nil {
		panic(err)
	}
	request.Header.Set("Authorization", "Bearer "+os.Getenv("${variable}"))
${type}${others}	response, err := http.DefaultClient.Do(request)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		panic(err)
	}
	fmt.Println(response.StatusCode, string(answer))
}
`;
}

export function writeBearerJava(call: BearerCall): string {
  const { method, url, variable, more } = readRequest(call);
  const publisher =
    call.body === undefined ? 'noBody()' : `ofString(${quoteText('java', jsonText(call.body))})`;
  const type = call.body === undefined ? '' : '            .header("Content-Type", "application/json")\n';
  const others = more
    .map(([name, value]) => `            .header(${quoteText('java', name)}, ${quoteText('java', value)})\n`)
    .join('');
  return `import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

public class Sample {
    public static void main(String[] arguments) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(${quoteText('java', url)}))
            .version(HttpClient.Version.HTTP_1_1)
            .header("Authorization", "Bearer " + System.getenv("${variable}"))
${type}${others}            .method("${method}", HttpRequest.BodyPublishers.${publisher})
            .build();
        HttpResponse<String> response =
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        System.out.println(response.statusCode() + " " + response.body());
    }
}
`;
}

export function writeBearerPhp(call: BearerCall): string {
  const { method, url, variable, more } = readRequest(call);
  const type = call.body === undefined ? '' : '\n        "Content-Type: application/json",';
  const content =
    call.body === undefined ? '' : `\n    "content" => json_encode(${writeValue('php', call.body, 4)}),`;
  const others = more.map(([name, value]) => `\n        ${quoteText('php', `${name}: ${value}`)},`).join('');
  return `<?php
$answer = file_get_contents(${quoteText('php', url)}, false, stream_context_create(["http" => [
    "method" => "${method}",
    "ignore_errors" => true,
    "protocol_version" => 1.1,
    "header" => [
        "Authorization: Bearer " . getenv("${variable}"),
        "Connection: close",${type}${others}
    ],${content}
]]));
echo explode(" ", $http_response_header[0])[1], " ", $answer, "\\n";
`;
}

export function writeBearerRuby(call: BearerCall): string {
  const { method, url, variable, more } = readRequest(call);
  const name = `${method.charAt(0)}${method.slice(1).toLowerCase()}`;
  const body =
    call.body === undefined
      ? ''
      : `request["Content-Type"] = "application/json"\nrequest.body = JSON.generate(${writeValue('ruby', call.body)})\n`;
  const others = more
    .map(([name, value]) => `request[${quoteText('ruby', name)}] = ${quoteText('ruby', value)}\n`)
    .join('');
  return `# encoding: utf-8
${call.body === undefined ? '' : 'require "json"\n'}require "net/http"

uri = URI(${quoteText('ruby', url)})
request = Net::HTTP::${name}.new(uri)
request["Authorization"] = "Bearer " + ENV.fetch("${variable}")
${others}${body}response = Net::HTTP.start(uri.hostname, uri.port, use_ssl: uri.scheme == "https") { |http| http.request(request) }
puts "#{response.code} #{response.body}"
`;
}

export function writeBearerCsharp(call: BearerCall): string {
  const { method, url, variable, more } = readRequest(call);
  const name = `${method.charAt(0)}${method.slice(1).toLowerCase()}`;
  const content =
    call.body === undefined
      ? ''
      : `request.Content = new StringContent(${quoteText('csharp', jsonText(call.body))}, Encoding.UTF8, "application/json");\n`;
  const others = more
    .map(
      ([name, value]) =>
        `request.Headers.TryAddWithoutValidation(${quoteText('csharp', name)}, ${quoteText('csharp', value)});\n`,
    )
    .join('');
  return `using System.Net.Http;
using System.Text;

using var client = new HttpClient();
using var request = new HttpRequestMessage(HttpMethod.${name}, ${quoteText('csharp', url)});
request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Environment.GetEnvironmentVariable("${variable}"));
${others}${content}using var response = await client.SendAsync(request);
Console.WriteLine((int)response.StatusCode + " " + await response.Content.ReadAsStringAsync());
`;
}
