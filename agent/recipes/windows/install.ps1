# Registers the agent as a task that starts with the machine, and within a quarter of an hour if it should ever
# stop, with nobody signed in. It runs as LOCAL SERVICE, which may read what it is given and nothing else. Run it as
# an administrator after enrol.ps1, and again whenever agent.mjs or the folders have changed:
#   powershell -ExecutionPolicy Bypass -File install.ps1 -Exports D:\Exports -WriteBacks D:\Imports
param(
  # The folder that the school's system exports into, unless the data comes by an API.
  [string] $Exports,
  # The folder that it imports from, if decisions are to go back.
  [string] $WriteBacks,
  # Gives the permissions, and makes no task: for a preview before anything is sent.
  [switch] $NotYet
)
$ErrorActionPreference = 'Stop'
$data = 'C:\ProgramData\Schoolgate'
$node = 'C:\Program Files\nodejs\node.exe'
$name = 'Schoolgate agent'

foreach ($file in $node, 'C:\Program Files\Schoolgate\agent.mjs', "$data\schoolgate-agent.json") {
  if (-not (Test-Path -LiteralPath $file)) { throw "$file is not there. Do what comes before install.ps1 first." }
}
if ([int] ((& $node --version) -replace '^v(\d+)\..*$', '$1') -lt 20) { throw 'The agent needs Node 20 or newer.' }

# LOCAL SERVICE has no name on the network: a share would let it in nowhere.
foreach ($folder in @($Exports, $WriteBacks) -ne '') {
  $root = [IO.Path]::GetPathRoot($folder)
  if ($root -notmatch '^[A-Za-z]:\\$' -or (New-Object IO.DriveInfo $root).DriveType -eq 'Network') {
    throw "$folder is not a folder on a disk of this machine. See README.txt, Windows."
  }
}

# By their identifiers, as their names differ between languages: LOCAL SERVICE, SYSTEM, Administrators.
icacls $data /inheritance:r /grant:r '*S-1-5-19:(OI)(CI)M' '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F'
if ($LASTEXITCODE -ne 0) { throw "The permissions of $data could not be set." }
# A token that other accounts can read is refused, and what a file has from its folder does not count.
foreach ($token in Get-ChildItem -LiteralPath $data -Filter '*.token') {
  icacls $token.FullName /inheritance:r /grant:r '*S-1-5-19:R' '*S-1-5-18:F' '*S-1-5-32-544:F'
  if ($LASTEXITCODE -ne 0) { throw "The permissions of $($token.FullName) could not be set." }
}
if ($Exports) {
  icacls $Exports /grant '*S-1-5-19:(OI)(CI)RX'
  if ($LASTEXITCODE -ne 0) { throw "The permissions of $Exports could not be set." }
}
if ($WriteBacks) {
  icacls $WriteBacks /grant '*S-1-5-19:(OI)(CI)M'
  if ($LASTEXITCODE -ne 0) { throw "The permissions of $WriteBacks could not be set." }
}

if ($NotYet) { return }

# One that runs already goes on with the program and the configuration that it began with.
Stop-ScheduledTask -TaskName $name -ErrorAction SilentlyContinue
$task = Get-Content -LiteralPath (Join-Path $PSScriptRoot 'schoolgate-agent.xml') -Raw -Encoding UTF8
Register-ScheduledTask -TaskName $name -Xml $task -Force | Out-Null
Start-ScheduledTask -TaskName $name
Write-Host "The agent is running. Look at its log, the file of logFile in $data\schoolgate-agent.json, and run agent.ps1 status."
