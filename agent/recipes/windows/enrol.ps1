# Enrols as the account that the agent runs as, so that its secrets are that account's alone. Run once, as an
# administrator, before install.ps1. The fingerprint is the one on Schoolgate's page Agents.
#   powershell -ExecutionPolicy Bypass -File enrol.ps1 -Address https://schoolgate.example -Code "..." -Fingerprint "..."
# To replace an enrolment, add -Again.
param(
  [Parameter(Mandatory = $true)] [string] $Address,
  [Parameter(Mandatory = $true)] [string] $Code,
  [Parameter(Mandatory = $true)] [string] $Fingerprint,
  [switch] $Again
)
$ErrorActionPreference = 'Stop'
$data = 'C:\ProgramData\Schoolgate'
if (-not (Test-Path -LiteralPath "$data\schoolgate-agent.json")) { throw "Put $data\schoolgate-agent.json in its place first." }

# By their identifiers, as their names differ between languages: LOCAL SERVICE, SYSTEM, Administrators.
icacls $data /inheritance:r /grant:r '*S-1-5-19:(OI)(CI)M' '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null
if ($LASTEXITCODE -ne 0) { throw "The permissions of $data could not be set." }

$words = @('enrol', $Address, $Code, '--fingerprint', $Fingerprint)
if ($Again) { $words += '--again' }
& (Join-Path $PSScriptRoot 'agent.ps1') -Words $words
