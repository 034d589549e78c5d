# Registers the agent as a task that starts with the machine and starts again if it stops, with nobody signed in.
# It runs as LOCAL SERVICE, which may read what it is given and nothing else. Run once, as an administrator:
#   powershell -ExecutionPolicy Bypass -File install.ps1 -Exports D:\Exports
param(
  # The folder that the school's system exports into.
  [Parameter(Mandatory = $true)] [string] $Exports,
  # The folder that it imports from, if decisions are to go back.
  [string] $WriteBacks
)
$ErrorActionPreference = 'Stop'
$data = 'C:\ProgramData\Schoolgate'
$program = 'C:\Program Files\Schoolgate'

foreach ($file in "$program\agent.mjs", "$data\schoolgate-agent.json") {
  if (-not (Test-Path $file)) { throw "Put $file in its place first." }
}

# By their identifiers, as their names differ between languages: LOCAL SERVICE, SYSTEM, Administrators.
icacls $data /inheritance:r /grant:r '*S-1-5-19:(OI)(CI)M' '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F'
if ($LASTEXITCODE -ne 0) { throw "The permissions of $data could not be set." }
icacls $Exports /grant '*S-1-5-19:(OI)(CI)RX'
if ($LASTEXITCODE -ne 0) { throw "The permissions of $Exports could not be set." }
if ($WriteBacks) {
  icacls $WriteBacks /grant '*S-1-5-19:(OI)(CI)M'
  if ($LASTEXITCODE -ne 0) { throw "The permissions of $WriteBacks could not be set." }
}

$task = Get-Content (Join-Path $PSScriptRoot 'schoolgate-agent.xml') -Raw
Register-ScheduledTask -TaskName 'Schoolgate agent' -Xml $task -Force | Out-Null
Start-ScheduledTask -TaskName 'Schoolgate agent'
Write-Host 'The agent is running. Look at C:\ProgramData\Schoolgate\agent.log'
