# The calls of the retired service's PowerShell scripts, in both generations: Sessions.ps1 ADDRESS ACCOUNT_ID ACCOUNT_KEY
param([string] $Address, [string] $AccountId, [string] $AccountKey)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

function Check([bool] $Holds, [string] $What) {
    if (-not $Holds) { throw "PowerShell: $What" }
}

function Send([string] $Method, [string] $Path, $Body) {
    $arguments = @{ Uri = "$Address$Path"; Method = $Method; ContentType = 'application/json'; Headers = @{ Authorization = "Bearer $script:token" } }
    if ($null -ne $Body) { $arguments.Body = $Body }
    $response = Invoke-WebRequest @arguments
    Check ($response.Headers.ContainsKey('MS-CV')) "$Method $Path has no MS-CV"
    $response
}

function WaitUntilReady([scriptblock] $Read) {
    for ($try = 0; $try -lt 60; $try++) {
        $session = & $Read
        $status = if ($session.sessionStatus) { $session.sessionStatus } else { $session.status }
        if ($status -eq 'ready') { return $session }
        Check ($status -eq 'starting') "the session is $status"
        Start-Sleep -Milliseconds 200
    }

    throw 'PowerShell: the session does not become ready'
}

$script:token = "${AccountId}:$AccountKey"
$script:token = ((Send Get "/accounts/$AccountId/token").Content | ConvertFrom-Json).AccessToken
Check ($script:token.Split('.').Length -eq 3) 'the token is not a JSON Web Token'

# 2021-01-01-preview, as in the last release of the scripts.
$id = "Sample-Session-$(New-Guid)"
$version = 'api-version=2021-01-01-preview'
$created = Send Put "/accounts/$AccountId/sessions/${id}?$version" (@{ maxLeaseTimeMinutes = 240; size = 'standard' } | ConvertTo-Json)
Check ($created.StatusCode -eq 201) "create is $($created.StatusCode)"
$ready = WaitUntilReady { (Send Get "/accounts/$AccountId/sessions/${id}?$version").Content | ConvertFrom-Json }
Check ($ready.maxLeaseTimeMinutes -eq 240 -and $ready.size -eq 'Standard' -and $ready.hostname) "the session is $ready"
$updated = (Send Patch "/accounts/$AccountId/sessions/${id}?$version" (@{ maxLeaseTimeMinutes = 300 } | ConvertTo-Json)).Content | ConvertFrom-Json
Check ($updated.maxLeaseTimeMinutes -eq 300) "the lease is $($updated.maxLeaseTimeMinutes)"
Check (((Send Get "/accounts/$AccountId/sessions?$version").Content | ConvertFrom-Json).sessions.id -contains $id) 'the list lacks the session'
$stopped = Send Post "/accounts/$AccountId/sessions/$id/:stop?$version"
Check ($stopped.StatusCode -eq 204) "stop is $($stopped.StatusCode)"
Check (((Send Get "/accounts/$AccountId/sessions/${id}?$version").Content | ConvertFrom-Json).status -eq 'Stopped') 'the session is not stopped'

# v1, with the slashes and the bodies of its documentation.
$created = Send Post "/v1/accounts/$AccountId/sessions/create/" "{ 'maxLeaseTime': '4:0:0', 'models': [], 'size': 'standard' }"
Check ($created.StatusCode -eq 202) "v1 create is $($created.StatusCode)"
$id = ($created.Content | ConvertFrom-Json).sessionId
$ready = WaitUntilReady { (Send Get "/v1/accounts/$AccountId/sessions/$id/properties/").Content | ConvertFrom-Json }
Check ($ready.sessionHostname -and [TimeSpan] $ready.sessionMaxLeaseTime -eq [TimeSpan]::FromHours(4)) "the v1 session is $ready"
$updated = Send Patch "/v1/accounts/$AccountId/sessions/$id" "{ 'maxLeaseTime': '5:0:0' }"
Check ($updated.StatusCode -eq 200) "v1 update is $($updated.StatusCode)"
$listed = ((Send Get "/v1/accounts/$AccountId/sessions/").Content | ConvertFrom-Json).sessions | Where-Object sessionId -eq $id
Check ([TimeSpan] $listed.sessionMaxLeaseTime -eq [TimeSpan]::FromHours(5)) "the v1 session in the list is $listed"
$stopped = Send Delete "/v1/accounts/$AccountId/sessions/$id"
Check ($stopped.StatusCode -eq 204) "v1 stop is $($stopped.StatusCode)"

'PowerShell: token, then created, ready, extended, listed and stopped in 2021-01-01-preview and in v1'
