# Runs one command of the agent as the account that it runs as (LOCAL SERVICE), and shows what it says: another
# account, an administrator's too, cannot read its secrets. Run it as an administrator:
#   powershell -ExecutionPolicy Bypass -File agent.ps1 status
#   powershell -ExecutionPolicy Bypass -File agent.ps1 preview pupils
#   powershell -ExecutionPolicy Bypass -File agent.ps1 push
param(
  [Parameter(Mandatory = $true, Position = 0, ValueFromRemainingArguments = $true)] [string[]] $Words
)
$ErrorActionPreference = 'Stop'
$data = 'C:\ProgramData\Schoolgate'
$program = 'C:\Program Files\Schoolgate\agent.mjs'
$node = 'C:\Program Files\nodejs\node.exe'
$name = 'Schoolgate agent command'

foreach ($file in $node, $program, "$data\schoolgate-agent.json") {
  if (-not (Test-Path -LiteralPath $file)) { throw "Put $file in its place first." }
}
# cmd.exe would take some signs for its own; none of them is in a command, an address, a code or a fingerprint.
foreach ($word in $Words) {
  if ($word -notmatch '^[A-Za-z0-9:/ .\-\[\]]+$') { throw 'There is something in it that does not belong there.' }
}

$said = "$data\said-$([guid]::NewGuid()).txt"
$quoted = ($Words | ForEach-Object { "`"$_`"" }) -join ' '
# cmd.exe takes the first and the last quotation mark away, and what is between them as it is.
$line = "/d /c `"`"$node`" `"$program`" $quoted --config `"$data\schoolgate-agent.json`" > `"$said`" 2>&1`""
$action = New-ScheduledTaskAction -Execute 'C:\Windows\System32\cmd.exe' -Argument $line -WorkingDirectory $data
$account = New-ScheduledTaskPrincipal -UserId 'S-1-5-19' -LogonType ServiceAccount
$settings = New-ScheduledTaskSettingsSet -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -ExecutionTimeLimit (New-TimeSpan -Hours 1)
Register-ScheduledTask -TaskName $name -Action $action -Principal $account -Settings $settings -Force | Out-Null
try {
  Start-ScheduledTask -TaskName $name
  $until = (Get-Date).AddHours(1)
  # SCHED_S_TASK_HAS_NOT_RUN, SCHED_S_TASK_RUNNING, SCHED_S_TASK_QUEUED.
  do {
    Start-Sleep -Seconds 1
    $result = (Get-ScheduledTaskInfo -TaskName $name).LastTaskResult
  } while ($result -in 0x41303, 0x41301, 0x41325 -and (Get-Date) -lt $until)
  if (Test-Path -LiteralPath $said) { Get-Content -LiteralPath $said -Encoding UTF8 }
} finally {
  # The task may hold a code for enrolment, which works once; neither it nor what was said stays.
  Unregister-ScheduledTask -TaskName $name -Confirm:$false
  Remove-Item -LiteralPath $said -ErrorAction SilentlyContinue
}
if ($result -ne 0) { throw "It did not succeed ($result). What it said is above." }
