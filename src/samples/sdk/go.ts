// A call with tencentcloud-sdk-go.

import { SECRET_ID_VARIABLE, SECRET_KEY_VARIABLE, type SignedCall } from '../call.ts';
import { jsonText } from '../json-text.ts';
import { quoteForGo, quoteText } from '../literals.ts';
import { readSdkCall } from './sdk-call.ts';

const q = (text: string) => quoteText('go', text);
const ROOT = 'github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud';

export function writeGoSdk(call: SignedCall): string {
  const { product, version, action, typed, endpoint, scheme } = readSdkCall(call);
  const language = call.language === undefined ? '' : `\tclientProfile.Language = ${q(call.language)}\n`;
  const imported = typed ? `\t${product} "${ROOT}/${product}/${version}"` : `\ttchttp "${ROOT}/common/http"`;
  const input = quoteForGo(jsonText(call.input));
  const asked = typed
    ? `	client, err := ${product}.NewClient(credential, "", clientProfile)
	if err != nil {
		panic(err)
	}
	request := ${product}.New${action}Request()
	if err := request.FromJsonString(${input}); err != nil {
		panic(err)
	}
	response, err := client.${action}(request)
	if err != nil {
		panic(err)
	}
	fmt.Println(response.ToJsonString())`
    : `	client := common.NewCommonClient(credential, "", clientProfile)
	request := tchttp.NewCommonRequest(${q(product)}, ${q(call.version)}, ${q(action)})
	if err := request.SetActionParameters([]byte(${input})); err != nil {
		panic(err)
	}
	response := tchttp.NewCommonResponse()
	if err := client.Send(request, response); err != nil {
		panic(err)
	}
	fmt.Println(string(response.GetBody()))`;
  return `package main

import (
	"fmt"
	"os"

	"${ROOT}/common"
	"${ROOT}/common/profile"
${imported}
)

func main() {
	credential := common.NewCredential(os.Getenv("${SECRET_ID_VARIABLE}"), os.Getenv("${SECRET_KEY_VARIABLE}"))
	clientProfile := profile.NewClientProfile()
	clientProfile.HttpProfile.Endpoint = ${q(endpoint)}
	clientProfile.HttpProfile.Scheme = "${scheme}"
${language}${asked}
}
`;
}
