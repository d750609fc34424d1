#!/usr/bin/env bash
# The documented commands of v1 with curl, single quotes and all: legacy_curl.sh ADDRESS ACCOUNT_ID ACCOUNT_KEY
set -euo pipefail
address=$1 account=$2 key=$3

call() { curl --fail-with-body --silent --show-error --max-time 20 -H "Authorization: Bearer $token" "$@"; }
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

token=$account:$key
token=$(call "$address/accounts/$account/token" | field AccessToken)
[ -n "$token" ]
id=$(call -X POST -d "{ 'maxLeaseTime': '4:0:0', 'models': [], 'size': 'standard' }" "$address/v1/accounts/$account/sessions/create" | field sessionId)
[ -n "$id" ]
call "$address/v1/accounts/$account/sessions/$id/properties" | grep -q '"sessionStatus"'
call -X PATCH -d "{ 'maxLeaseTime': '5:0:0' }" "$address/v1/accounts/$account/sessions/$id"
call "$address/v1/accounts/$account/sessions" | grep -q "$id"
call -X DELETE "$address/v1/accounts/$account/sessions/$id"
call "$address/v1/accounts/$account/sessions/$id/properties" | grep -qi '"sessionStatus":"stopped"'
echo "curl: token, then created, read, extended, listed and stopped in v1"
