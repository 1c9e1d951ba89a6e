# The locked counter on Windows 10 22H2 or 11, Enterprise, Education or IoT: Shell Launcher gives the user "loket" the
# counter instead of Explorer, the keyboard filter takes the keys that Windows keeps for itself. Other editions have
# neither: use Assigned Access by hand (docs/operations.md) or the counter's own window.
# Run once, as administrator:  powershell -ExecutionPolicy Bypass -File lock-counter.ps1 -User loket
# Undo:                        powershell -ExecutionPolicy Bypass -File lock-counter.ps1 -User loket -Undo
# Written after Microsoft's documentation; it was not tried on a Windows machine.
param(
  [Parameter(Mandatory = $true)][string]$User,
  [string]$Program = "$env:ProgramFiles\Loket OPOP\Loket OPOP.exe",
  [string]$Data = "$env:ProgramData\Loket OPOP\counter",
  [switch]$Undo
)
$ErrorActionPreference = 'Stop'
$space = 'root\standardcimv2\embedded'
$sid = (New-Object System.Security.Principal.NTAccount($User)).Translate([System.Security.Principal.SecurityIdentifier]).Value
$launcher = [wmiclass]"\\localhost\${space}:WESL_UserSetting"

if ($Undo) {
  $launcher.RemoveCustomShell($sid) | Out-Null
  Write-Output "Pengguna $User kembali ke Windows biasa setelah masuk lagi."
  exit 0
}
foreach ($feature in 'Client-EmbeddedShellLauncher', 'Client-KeyboardFilter') {
  $state = Get-WindowsOptionalFeature -Online -FeatureName $feature -ErrorAction SilentlyContinue
  if ($null -eq $state) { throw "Edisi Windows ini tidak punya $feature. Data tidak diubah. Lihat docs/operations.md, Layar terkunci." }
  if ($state.State -ne 'Enabled') { Enable-WindowsOptionalFeature -Online -FeatureName $feature -All -NoRestart | Out-Null }
}
if (-not (Test-Path $Program)) { throw "Loket OPOP belum terpasang di $Program." }

# Administrators keep Explorer; 0 starts the counter again when it ends, 1 would restart Windows.
$launcher.SetDefaultShell('explorer.exe', 0) | Out-Null
$launcher.SetCustomShell($sid, "`"$Program`" --kiosk --data `"$Data`"", $null, $null, 0) | Out-Null
$launcher.SetEnabled($true) | Out-Null

# Ctrl+Alt+Del itself cannot be taken: its page is emptied instead.
$keys = 'Ctrl+Alt+Del', 'Ctrl+Shift+Esc', 'Alt+Tab', 'Alt+Esc', 'Ctrl+Esc', 'Alt+F4', 'Alt+Space', 'Win+L', 'Win+D',
  'Win+E', 'Win+R', 'Win+Tab', 'Windows', 'Application', 'LaunchMail', 'LaunchApp1', 'LaunchApp2', 'BrowserHome',
  'BrowserSearch'
foreach ($key in Get-WmiObject -Namespace $space -Class WEKF_PredefinedKey) {
  if ($keys -contains $key.Id) { $key.Enabled = 1; $key.Put() | Out-Null }
}
$policies = 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Policies\System'
foreach ($name in 'DisableLockWorkstation', 'HideFastUserSwitching', 'DisableTaskMgr') {
  New-ItemProperty -Path $policies -Name $name -Value 1 -PropertyType DWord -Force | Out-Null
}
# On the mains the machine and its disk never sleep; the counter itself lets the screen sleep outside its hours.
powercfg /change standby-timeout-ac 0
powercfg /change hibernate-timeout-ac 0
Write-Output "Selesai. Mulai ulang komputer, lalu masuk sebagai $User."
