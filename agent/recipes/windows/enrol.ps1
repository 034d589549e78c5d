# Enrols as the account that the agent runs as, so that its secrets are that account's alone. Run once, as an
# administrator, before install.ps1. The fingerprint is the one on Schoolgate's page Agents.
#   powershell -ExecutionPolicy Bypass -File enrol.ps1 -Address https://schoolgate.example -Code … -Fingerprint '…'
param(
  [Parameter(Mandatory = $true)] [string] $Address,
  [Parameter(Mandatory = $true)] [string] $Code,
  [Parameter(Mandatory = $true)] [string] $Fingerprint
)
$ErrorActionPreference = 'Stop'
$data = 'C:\ProgramData\Schoolgate'
foreach ($value in $Address, $Code, $Fingerprint) {
  if ($value -notmatch '^[A-Za-z0-9:/ .\-\[\]]+$') { throw 'There is something in it that does not belong there.' }
}
icacls $data /inheritance:r /grant:r '*S-1-5-19:(OI)(CI)M' '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' | Out-Null
if ($LASTEXITCODE -ne 0) { throw "The permissions of $data could not be set." }

$agent = '"C:\Program Files\Schoolgate\agent.mjs"'
$config = "--config `"$data\schoolgate-agent.json`""
$said = "$data\enrolment.txt"
$line = "/c `"`"C:\Program Files\nodejs\node.exe`" $agent enrol $Address $Code --fingerprint `"$Fingerprint`" $config > `"$said`" 2>&1`""
$action = New-ScheduledTaskAction -Execute 'C:\Windows\System32\cmd.exe' -Argument $line -WorkingDirectory $data
$account = New-ScheduledTaskPrincipal -UserId 'S-1-5-19' -LogonType ServiceAccount
Register-ScheduledTask -TaskName 'Schoolgate enrolment' -Action $action -Principal $account -Force | Out-Null
try {
  Start-ScheduledTask -TaskName 'Schoolgate enrolment'
  do { Start-Sleep -Seconds 1 } while ((Get-ScheduledTask -TaskName 'Schoolgate enrolment').State -eq 'Running')
  Get-Content $said
} finally {
  # The task holds the code, which works once; neither stays.
  Unregister-ScheduledTask -TaskName 'Schoolgate enrolment' -Confirm:$false
  Remove-Item $said -ErrorAction SilentlyContinue
}
