; The smallest installer around our include, as electron-builder's template calls it.
Unicode true
Name "Loket OPOP"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\Loket OPOP"
!define isUpdated `"0" == "1"`
!include "${INCLUDE}"
Function .onInit
  !insertmacro customInit
FunctionEnd
Section "install"
  SetOutPath $INSTDIR
  !insertmacro customInstall
  WriteUninstaller "$INSTDIR\uninstall.exe"
SectionEnd
Function un.onInit
  !insertmacro customUnInit
FunctionEnd
Section "uninstall"
  Delete "$INSTDIR\uninstall.exe"
SectionEnd
